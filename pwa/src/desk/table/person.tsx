import { useState } from "preact/hooks";
import { Button, Notice, Skeleton, Status } from "../../lib/ui";
import { useDraft } from "../draft";
import { WordsForm } from "../words-form";
import { type Person, sendWord } from "./calls";
import { Done } from "./done";
import { HandOver } from "./hand-over";
import type { Acting } from "./state";
import { t } from "./words";

const LIMIT = 300;

interface Props {
  person: Person;
  event: string;
  acting: Acting;
  /** Where the reader goes on once they are gone from here. */
  onGone: () => void;
}

/** Somebody at the table: their number to call, what they came for, and what becomes of it. */
export function PersonCard({ person, event, acting, onGone }: Props) {
  const [open, setOpen] = useState<"" | "done" | "left" | "word" | "hand">("");
  const { id, ticket, labels, remote, session } = person;
  const close = () => setOpen("");
  const end = (how: "back" | "left") =>
    void acting.end(person, how).then((was) => {
      if (was) onGone();
    });
  return (
    <article class="card stack taken">
      <h3 id={`taken-${id}`} tabIndex={-1}>
        <span class="away">{t("ticket", { n: "" })}</span>
        <span class="number">{ticket}</span>
      </h3>
      <p class="row">
        <Status kind={remote ? "warn" : "good"}>{t(remote ? "remote" : "room")}</Status>
        {labels.map((label) => (
          <Status key={label}>
            <span dir="auto">{label}</span>
          </Status>
        ))}
      </p>
      <p class="small muted" dir="auto">
        {session.title}
      </p>
      {remote && <p class="hint">{t("remoteHint")}</p>}
      {open === "" && (
        <div class="ends">
          <Button look="main" busy={acting.busy} onClick={() => setOpen("done")}>
            {t("served")}
          </Button>
          <Button busy={acting.busy} onClick={() => end("back")}>
            {t("back")}
          </Button>
          <Button onClick={() => setOpen("left")}>{t("left")}</Button>
          <Button onClick={() => setOpen("word")}>{t("word")}</Button>
          <Button onClick={() => setOpen("hand")}>{t("hand")}</Button>
        </div>
      )}
      {open === "done" && <Done person={person} acting={acting} onUndo={close} onGone={onGone} />}
      {open === "left" && (
        <Notice kind="warn" title={t("leftSure", { n: ticket })}>
          <p class="small">{t("leftHint")}</p>
          <p class="row">
            <Button look="danger" busy={acting.busy} onClick={() => end("left")}>
              {t("leftYes")}
            </Button>
            <Button busy={acting.busy} onClick={() => end("back")}>
              {t("back")}
            </Button>
            <Button onClick={close}>{t("cancel")}</Button>
          </p>
        </Notice>
      )}
      {open === "word" && <Word person={person} onDone={() => acting.say(t("didword"))} onClose={close} />}
      {open === "hand" && (
        <HandOver
          event={event}
          what="person"
          busy={acting.busy}
          onGive={(to, name) => void acting.hand("bookings", id, to, name).then((was) => was && onGone())}
          onClose={close}
        />
      )}
    </article>
  );
}

function Word({ person, onDone, onClose }: { person: Person; onDone: () => void; onClose: () => void }) {
  const draft = useDraft(`word:${person.id}`, "");
  if (draft.value === null) return <Skeleton lines={3} />;
  const send = async (words: string) => {
    await sendWord(person.id, words);
    draft.drop();
    onClose();
    onDone();
  };
  return (
    <WordsForm
      label={t("wordLabel", { n: person.ticket })}
      hint={t("wordHint")}
      rows={2}
      limit={LIMIT}
      text={draft.value}
      onInput={draft.write}
      send={send}
      sendLabel={t("wordSend")}
      onClose={onClose}
    />
  );
}
