import { useState } from "preact/hooks";
import { useLazy } from "../../lib/lazy";
import { Button, Empty, Notice, Skeleton, Status, TextBox } from "../../lib/ui";
import type { EventDay, OwnSurgeon, Page } from "../../lib/wire";
import { addSurgeon, changeSurgeon, listedPath } from "../calls";
import { useDraft } from "../draft";
import { StaffReading, submits } from "../parts";
import { excuse, useStaff } from "../reading";
import { Sure } from "../sure";
import { WHO } from "../words";
import { removeSurgeon } from "./calls";
import { t } from "./words";

/** The surgeons of a day: what each says of themselves, who is seen, and who is taken off it. */
export function Listed({ event }: { event: EventDay }) {
  const copy = useStaff<Page<OwnSurgeon>>(listedPath(event.slug));
  const [said, setSaid] = useState("");
  const done = async (text: string) => {
    setSaid(text);
    await copy.again();
  };
  return (
    <section class="stack" aria-labelledby="listed">
      <h2 id="listed">{t("listed")}</h2>
      <p class="hint">{t("listedHint")}</p>
      <div role="status">{said && <Notice kind="good">{said}</Notice>}</div>
      <StaffReading copy={copy} who={WHO.people}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty title={t("listedNone")} />
          ) : (
            <ul class="own-lines">
              {results.map((one) => (
                <li key={one.id}>
                  <OneSurgeon surgeon={one} event={event.slug} onDone={done} />
                </li>
              ))}
            </ul>
          )
        }
      </StaffReading>
      <Add event={event} onDone={done} />
    </section>
  );
}

function Add({ event, onDone }: { event: EventDay; onDone: (said: string) => Promise<void> }) {
  const [error, setError] = useState<string | null>(null);
  const draft = useDraft(`list:${event.id}`, "");
  const name = draft.value ?? "";
  const send = async () => {
    setError(name.trim() ? null : t("needName"));
    if (!name.trim()) return;
    try {
      await addSurgeon(event.slug, name.trim());
      draft.drop();
      await onDone(t("addedOne", { name: name.trim() }));
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
  };
  return (
    <form class="stack" onSubmit={submits(() => void send())} aria-label={t("add")}>
      <TextBox label={t("add")} value={name} error={error} onInput={draft.write} />
      <Button type="submit">{t("addIt")}</Button>
    </form>
  );
}

interface OneProps {
  surgeon: OwnSurgeon;
  event: string;
  onDone: (said: string) => Promise<void>;
}

/** Whoever signs in themselves writes and publishes their own profile; an organiser may take it down. */
function OneSurgeon({ surgeon, event, onDone }: OneProps) {
  const { id, name, published, owned } = surgeon;
  const [open, setOpen] = useState(false);
  const editor = useLazy(() => import("../profile"), open);
  const show = async (on: boolean) => {
    await changeSurgeon(id, { published: on });
    await onDone(t(on ? "shownNow" : "takenDown", { name }));
  };
  return (
    <div class="stack person">
      <p class="row between">
        <strong dir="auto">{name}</strong>
        <Status kind={published ? "good" : "plain"}>{t(published ? "published" : "unpublished")}</Status>
      </p>
      {owned && <p class="small muted">{t("owned")}</p>}
      <div class="row">
        {!owned && (
          <Button label={t("editOf", { name })} expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "editClose" : "edit")}
          </Button>
        )}
        {published ? (
          <Sure
            look="plain"
            label={t("takeDown")}
            ofWhat={t("takeDownOf", { name })}
            question={t(owned ? "takeDownOwned" : "takeDownSure", { name })}
            yes={t("takeDownYes")}
            no={t("no")}
            offline={t("offline")}
            onYes={() => show(false)}
          />
        ) : (
          !owned && (
            <Sure
              look="plain"
              label={t("publish")}
              ofWhat={t("publishOf", { name })}
              question={t("publishSure", { name })}
              yes={t("publishYes")}
              no={t("no")}
              offline={t("offline")}
              onYes={() => show(true)}
            />
          )
        )}
        <Sure
          label={t("takeOff")}
          ofWhat={t("takeOffOf", { name })}
          question={t("takeOffSure", { name })}
          yes={t("takeOffYes")}
          no={t("no")}
          offline={t("offline")}
          onYes={async () => {
            await removeSurgeon(event, id);
            await onDone(t("takenOff", { name }));
          }}
        />
      </div>
      {open &&
        (editor ? (
          <editor.ProfileForm surgeon={surgeon} onChange={() => void onDone(t("kept", { name }))} />
        ) : (
          <Skeleton lines={4} />
        ))}
    </div>
  );
}
