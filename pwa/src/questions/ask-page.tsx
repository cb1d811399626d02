import "./style.css";
import { useEffect, useState } from "preact/hooks";
import { refresh, useCopy } from "../lib/copies";
import { useLazy } from "../lib/lazy";
import { canAsk } from "../lib/secure";
import { LinkButton, Notice, Reading, Skeleton, Title } from "../lib/ui";
import type { EventDay, Question, Session, SessionLive } from "../lib/wire";
import { eventPath } from "../programme/calls";
import { arrive, comeBack, here } from "../programme/here";
import { t as programme } from "../programme/words";
import { useFollowing } from "../safety/follow";
import { t } from "./ask-words";
import { livePath } from "./calls";
import { Composer } from "./composer";
import type { Asked } from "./outbox";

/** Asking in one session: the box, then the receipt. */
export function AskPage({ code }: { code: string }) {
  const path = livePath(code);
  const copy = useCopy<SessionLive>(path);
  const spare = useSpare(code, copy.value === undefined && copy.standing === "offline");
  if (copy.value) return <Asking session={copy.value.session} questions={copy.value.questions} />;
  if (spare) return <Asking session={spare} questions={[]} />;
  return (
    <Reading copy={copy} again={() => void refresh(path)}>
      {() => null}
    </Reading>
  );
}

/** The session as the programme has it, where it was never opened and there is no network. */
function useSpare(code: string, missing: boolean): Session | undefined {
  const [spare, setSpare] = useState<Session | undefined>();
  useEffect(() => {
    if (missing) void keptOf(code).then(setSpare);
  }, [missing, code]);
  return spare;
}

async function keptOf(code: string): Promise<Session | undefined> {
  const { keptSession } = await import("../programme/everything");
  await comeBack();
  return keptSession(here.peek(), code);
}

function Asking({ session, questions }: { session: Session; questions: readonly Question[] }) {
  const slug = session.event.slug;
  const day = useCopy<EventDay>(eventPath(slug)).value;
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => arrive(slug, day), [slug, day]);
  useFollowing(session.id);
  const over = day?.closed ?? false;
  const closed = over || session.review === "closed" || session.state === "cancelled";
  const after = useLazy(() => import("./sent"), asked !== null);
  if (asked) return after ? <after.Sent session={session} asked={asked} onBack={() => setAsked(null)} /> : <Skeleton />;
  return (
    <div class="stack">
      <Title above={<span dir="auto">{t("askFor", { title: session.title })}</span>}>{t("askTitle")}</Title>
      {day?.rehearsal && <Notice kind="warn">{programme("rehearsal")}</Notice>}
      {closed && (
        <Off
          session={session}
          title={t(over ? "overTitle" : "closedTitle")}
          hint={t(over ? "overHint" : "closedHint")}
        />
      )}
      {!closed && !canAsk && <Off session={session} title={t("insecureTitle")} hint={t("insecureHint")} />}
      {!closed && canAsk && (
        <Composer session={session} joinCode={day?.join_code ?? false} questions={questions} onAsked={setAsked} />
      )}
    </div>
  );
}

function Off({ session, title, hint }: { session: Session; title: string; hint: string }) {
  return (
    <>
      <Notice kind="warn" title={title}>
        <p>{hint}</p>
      </Notice>
      <LinkButton href={`/s/${session.code}`}>{t("toSession")}</LinkButton>
    </>
  );
}
