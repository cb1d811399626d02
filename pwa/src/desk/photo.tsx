import { useRef, useState } from "preact/hooks";
import { Button, Field, Notice } from "../lib/ui";
import type { OwnSurgeon } from "../lib/wire";
import { Face } from "../programme/face";
import { removePhoto, sendPhoto } from "./calls";
import { t } from "./photo-words";
import { excuse } from "./reading";
import { Sure } from "./sure";

const MOST = 8 * 1024 * 1024;
const KINDS = ["image/jpeg", "image/png", "image/webp"];

/** What is wrong with a photo before it is sent, or null. */
export function wrongWith({ size, type }: { size: number; type: string }): string | null {
  if (!KINDS.includes(type)) return t("wrong");
  return size > MOST ? t("big") : null;
}

/** A surgeon's photo: chosen, looked at, then sent. */
export function Photo({ surgeon, onChange }: { surgeon: OwnSurgeon; onChange: (surgeon: OwnSurgeon) => void }) {
  const [chosen, setChosen] = useState<{ file: File; picture: string } | null>(null);
  const [said, setSaid] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    setChosen(null);
    if (field.current) field.current.value = "";
  };
  const choose = async (file: File | undefined) => {
    setSaid("");
    setChosen(null);
    if (!file) return;
    const wrong = wrongWith(file);
    setError(wrong);
    if (!wrong) setChosen({ file, picture: await pictureOf(file) });
  };
  const use = async () => {
    if (!chosen || busy) return;
    setBusy(true);
    setError(null);
    try {
      onChange(await sendPhoto(surgeon.id, chosen.file));
      setSaid(t("used"));
      clear();
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
    setBusy(false);
  };
  const remove = async () => {
    await removePhoto(surgeon.id);
    onChange({ ...surgeon, photo: null });
    setSaid(t("removed"));
  };
  const seen = surgeon.photo !== null && surgeon.published && surgeon.public.includes("photo");
  return (
    <section class="card stack">
      <h2>{t("title")}</h2>
      <div class="row">
        {chosen ? (
          <img class="face big" src={chosen.picture} alt={t("chosen")} width="88" height="88" />
        ) : (
          <Face big surgeon={{ ...surgeon, photo: seen ? surgeon.photo : null }} />
        )}
        <p class="photo-said">{chosen ? t("chosen") : t(seen ? "there" : surgeon.photo ? "kept" : "none")}</p>
      </div>
      {said && <Notice kind="good">{said}</Notice>}
      <Field label={t(surgeon.photo ? "chooseAnother" : "choose")} hint={t("hint")} error={error}>
        {(wiring) => (
          <input
            type="file"
            accept={KINDS.join()}
            ref={field}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
            {...wiring}
          />
        )}
      </Field>
      {chosen && (
        <p class="row">
          <Button look="main" busy={busy} onClick={() => void use()}>
            {t("use")}
          </Button>
          <Button onClick={clear}>{t("drop")}</Button>
        </p>
      )}
      {surgeon.photo && !chosen && (
        <Sure
          label={t("remove")}
          question={t("removeSure")}
          yes={t("removeYes")}
          no={t("removeNo")}
          offline={t("offline")}
          onYes={remove}
        />
      )}
    </section>
  );
}

/** As an address within the page: the content policy takes no other from a phone's own files. */
function pictureOf(file: Blob): Promise<string> {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => done("");
    reader.readAsDataURL(file);
  });
}
