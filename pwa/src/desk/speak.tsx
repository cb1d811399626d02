import { useState } from "preact/hooks";
import { Button, Notice, PlainText, Skeleton } from "../lib/ui";
import type { Comment, Desk, Page } from "../lib/wire";
import { rolesAt } from "./account";
import { t } from "./answers-words";
import { speak, threadPath } from "./calls";
import { useDraft } from "./draft";
import { StaffReading } from "./parts";
import { useStaff } from "./reading";
import { WHO } from "./words";
import { WordsForm } from "./words-form";

const EVERY = 8000;
const LIMIT = 1000;

/** Taking part in a session's talk under one's own name, or as the organisers. */
export function Speak({ session, event }: { session: Desk["sessions"][number] | undefined; event: string }) {
  const copy = useStaff<Page<Comment>>(session ? threadPath(session.id) : null, EVERY);
  const [to, setTo] = useState<Comment | null>(null);
  const [said, setSaid] = useState("");
  if (!session) return <p>{t("chooseSession")}</p>;
  const done = () => {
    setTo(null);
    setSaid(t("speakSent"));
    void copy.again();
  };
  return (
    <div class="stack">
      <p>
        {t(rolesAt(event).includes("surgeon") ? "speakLead" : "speakLeadOffice")}{" "}
        <a href={`/s/${session.code}#talk`}>{t("openTalk")}</a>
      </p>
      {said && <Notice kind="good">{said}</Notice>}
      {!to && <SpeakForm key="" session={session.id} to={null} onDone={done} onClose={() => undefined} />}
      <StaffReading copy={copy} who={WHO.answers}>
        {({ results }) => (
          <>
            {results.length === 0 && <p class="muted">{t("talkNone")}</p>}
            <ul class="own-lines">
              {results.map((comment) => (
                <li key={comment.id} class="stack">
                  <p class="small">
                    <strong dir="auto">{comment.by.name}</strong>
                  </p>
                  <PlainText text={comment.text} />
                  {to?.id === comment.id ? (
                    <SpeakForm session={session.id} to={comment} onDone={done} onClose={() => setTo(null)} />
                  ) : (
                    <p>
                      <Button look="link" onClick={() => setTo(comment)}>
                        {t("reply", { name: comment.by.name })}
                      </Button>
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </StaffReading>
    </div>
  );
}

function SpeakForm({
  session,
  to,
  onDone,
  onClose,
}: {
  session: string;
  to: Comment | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const draft = useDraft(`speak:${session}:${to?.id ?? ""}`, "");
  if (draft.value === null) return <Skeleton lines={3} />;
  const send = async (words: string) => {
    await speak(session, words, to?.id ?? null);
    draft.drop();
    onDone();
  };
  return (
    <WordsForm
      label={to ? t("speakTo", { name: to.by.name }) : t("speak")}
      rows={3}
      limit={LIMIT}
      text={draft.value}
      onInput={draft.write}
      send={send}
      sendLabel={t("speakSend")}
      onClose={to ? onClose : undefined}
    />
  );
}
