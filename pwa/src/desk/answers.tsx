import { useState } from "preact/hooks";
import { go, place } from "../lib/router";
import { Button, Empty, Notice, Tabs, Title } from "../lib/ui";
import type { Desk, DeskQuestion, Page } from "../lib/wire";
import { DeskQuestionCard } from "./answer-card";
import { t } from "./answers-words";
import { deskPath, fetchPage, queuePath } from "./calls";
import { useWall, WallLine } from "./on-the-wall";
import { Select, StaffReading } from "./parts";
import { excuse, useStaff } from "./reading";
import { Speak } from "./speak";
import { WHO } from "./words";

const EVERY = 8000;
const TABS = ["questions", "talk"] as const;

export function Answers({ event }: { event: string }) {
  const [session, setSession] = useState("");
  const desk = useStaff<Desk>(deskPath(event));
  const open = TABS.find((name) => name === place.value.hash) ?? "questions";
  const sessions = desk.value?.sessions ?? [];
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      <Tabs
        label={t("tabs")}
        tabs={TABS.map((name) => ({ name, label: t(name) }))}
        open={open}
        onOpen={(name) => go(`${place.peek().path}#${name}`, { replace: true })}
      >
        <div class="stack">
          <Select
            label={t("session")}
            value={session}
            onChange={setSession}
            options={[
              { value: "", label: t("everySession") },
              ...sessions.map(({ code, title }) => ({ value: code, label: title })),
            ]}
          />
          {open === "questions" && (
            <Questions key={session} event={event} session={session} order={sessions.map(({ id }) => id)} />
          )}
          {open === "talk" && (
            <Speak key={session} session={sessions.find(({ code }) => code === session)} event={event} />
          )}
        </div>
      </Tabs>
    </div>
  );
}

type State = "unanswered" | "answered";

function Questions({ event, session, order }: { event: string; session: string; order: readonly string[] }) {
  const [state, setState] = useState<State>("unanswered");
  const path = queuePath(event, state, session);
  const copy = useStaff<Page<DeskQuestion>>(path, EVERY);
  const [said, setSaid] = useState({ text: "", bad: false });
  const [pages, setPages] = useState<{ path: string; found: DeskQuestion[]; next?: string | null }>({
    path,
    found: [],
  });
  const further = pages.path === path ? pages : { path, found: [] as DeskQuestion[], next: undefined };
  const next = further.next === undefined ? copy.value?.next : further.next;
  const load = () =>
    next &&
    fetchPage<DeskQuestion>(next).then(
      (page) => setPages({ path, found: [...further.found, ...page.results], next: page.next }),
      (reason) => setSaid({ text: excuse(reason, t("offline")), bad: true }),
    );
  const done = (text: string) => {
    setSaid({ text, bad: false });
    void copy.again();
  };
  return (
    <>
      <Select
        label={t("state")}
        value={state}
        onChange={(value) => setState(value as State)}
        options={(["unanswered", "answered"] as const).map((value) => ({ value, label: t(value) }))}
      />
      {said.text && <Notice kind={said.bad ? "wrong" : "good"}>{said.text}</Notice>}
      <StaffReading copy={copy} who={WHO.answers}>
        {({ results }) => (
          <>
            {results.length === 0 && (
              <Empty title={t(state === "answered" ? "emptyAnswered" : "emptyUnanswered")}>
                {state === "unanswered" && <p>{t("emptyUnansweredHint")}</p>}
              </Empty>
            )}
            {bySession(unique([...results, ...further.found]), order).map(([first, ...others]) => (
              <OfSession
                key={first.session.id}
                session={first.session}
                questions={[first, ...others]}
                event={event}
                onDone={done}
              />
            ))}
            {next && <Button onClick={() => void load()}>{t("more")}</Button>}
          </>
        )}
      </StaffReading>
    </>
  );
}

interface OfSessionProps {
  session: DeskQuestion["session"];
  questions: readonly DeskQuestion[];
  event: string;
  onDone: (said: string) => void;
}

function OfSession({ session, questions, event, onDone }: OfSessionProps) {
  const wall = useWall(session);
  return (
    <section class="stack" aria-label={session.title}>
      <h2>
        <a href={`/s/${session.code}`} dir="auto">
          {session.title}
        </a>
      </h2>
      <WallLine wall={wall} code={session.code} />
      <ul class="cards">
        {questions.map((question) => (
          <li key={question.id}>
            <DeskQuestionCard question={question} event={event} onDone={onDone} wall={wall} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Some<T> = [T, ...T[]];

/** Questions under their sessions, those in the order of the day (`order`: ids). */
export function bySession(questions: readonly DeskQuestion[], order: readonly string[]): Some<DeskQuestion>[] {
  const groups = new Map<string, Some<DeskQuestion>>();
  for (const question of questions) {
    const group = groups.get(question.session.id);
    if (group) group.push(question);
    else groups.set(question.session.id, [question]);
  }
  const placeOf = ([{ session }]: Some<DeskQuestion>) => order.indexOf(session.id);
  return [...groups.values()].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Each question once; the page last read wins. */
const unique = (questions: readonly DeskQuestion[]): DeskQuestion[] =>
  questions.filter(({ id }, at) => questions.findIndex((one) => one.id === id) === at);
