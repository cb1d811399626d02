import { useState } from "preact/hooks";
import { clean } from "../lib/text";
import { Button, Notice, PlainText, Skeleton, TextBox } from "../lib/ui";
import type { Comment, Desk, Page } from "../lib/wire";
import { rolesAt } from "./account";
import { useSending } from "./answer-card";
import { t } from "./answers-words";
import { speak, threadPath } from "./calls";
import { useDraft } from "./draft";
import { StaffReading } from "./parts";
import { useStaff } from "./reading";
import { WHO } from "./words";

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
  const { busy, error, run } = useSending();
  if (draft.value === null) return <Skeleton lines={3} />;
  const text = draft.value;
  const send = () =>
    run(text, LIMIT, async () => {
      await speak(session, clean(text), to?.id ?? null);
      draft.drop();
      onDone();
    });
  const submit = (submitted: Event) => {
    submitted.preventDefault();
    void send();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <TextBox
        label={to ? t("speakTo", { name: to.by.name }) : t("speak")}
        rows={3}
        limit={LIMIT}
        error={error}
        value={text}
        onInput={draft.write}
      />
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("speakSend")}
        </Button>
        {to && <Button onClick={onClose}>{t("cancel")}</Button>}
      </p>
    </form>
  );
}
