import { useState } from "preact/hooks";
import { Problem } from "../lib/http";
import { Button, Notice, TextBox } from "../lib/ui";
import type { Me } from "../lib/wire";
import { speak } from "../lib/words";
import { changeName, changePassword } from "./own-calls";
import { submits } from "./parts";
import { excuse } from "./reading";

const t = speak("desk-own", {
  title: "Your name and password",
  name: "Your name",
  nameHint: "Those who run the day with you read it. A surgeon's profile has a name of its own.",
  keepName: "Keep this name",
  nameKept: "You are {name} now.",
  needName: "Please give a name.",
  present: "Present password",
  next: "New password",
  nextHint: "At least 10 characters. Three words that nobody would guess are good.",
  change: "Change the password",
  changed: "Your password is changed. You are signed out everywhere else.",
  needPresent: "Please give your present password.",
  needNext: "Please give a new password.",
  byLink: "You came by a link and have no password.",
  offline: "That did not reach the server. Nothing has changed; please try again.",
});

/** What somebody is called, and how they sign in. */
export function OwnAccount({ person }: { person: Me }) {
  return (
    <details class="card">
      <summary class="line-name">{t("title")}</summary>
      <div class="stack-wide">
        <Name person={person} />
        {person.email ? <Password email={person.email} /> : <p class="muted">{t("byLink")}</p>}
      </div>
    </details>
  );
}

function Name({ person }: { person: Me }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const name = (typed ?? person.name).trim();
  const keep = async () => {
    setSaid("");
    setError(name ? null : t("needName"));
    if (!name) return;
    try {
      await changeName(name);
      setTyped(null);
      setSaid(t("nameKept", { name }));
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
  };
  return (
    <form class="stack" onSubmit={submits(() => void keep())} noValidate>
      <TextBox
        label={t("name")}
        hint={t("nameHint")}
        autocomplete="name"
        value={typed ?? person.name}
        error={error}
        onInput={setTyped}
      />
      {said && <Notice kind="good">{said}</Notice>}
      <p>
        <Button type="submit">{t("keepName")}</Button>
      </p>
    </form>
  );
}

const BLANK = { present: "", next: "" };

/** Never kept on the phone: it is a secret. */
function Password({ email }: { email: string }) {
  const [form, setForm] = useState(BLANK);
  const [errors, setErrors] = useState<Partial<typeof BLANK>>({});
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const change = async () => {
    setSaid("");
    const wrong = {
      ...(!form.present && { present: t("needPresent") }),
      ...(!form.next && { next: t("needNext") }),
    };
    setErrors(wrong);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      await changePassword(email, form.present, form.next);
      setForm(BLANK);
      setSaid(t("changed"));
    } catch (reason) {
      setErrors(wrongIn(reason));
    }
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={submits(() => void change())} noValidate>
      <input type="email" value={email} autocomplete="username" hidden readOnly />
      <TextBox
        label={t("present")}
        type="password"
        autocomplete="current-password"
        value={form.present}
        error={errors.present}
        onInput={(present) => setForm({ ...form, present })}
      />
      <TextBox
        label={t("next")}
        hint={t("nextHint")}
        type="password"
        autocomplete="new-password"
        value={form.next}
        error={errors.next}
        onInput={(next) => setForm({ ...form, next })}
      />
      {said && <Notice kind="good">{said}</Notice>}
      <p>
        <Button type="submit" busy={busy}>
          {t("change")}
        </Button>
      </p>
    </form>
  );
}

/** What is wrong with the new one stands there, all else at the present one. */
function wrongIn(reason: unknown): Partial<typeof BLANK> {
  const said = excuse(reason, t("offline"));
  const ofNext = reason instanceof Problem && reason.errors.some(({ attr }) => attr === "password");
  return ofNext ? { next: said } : { present: said };
}
