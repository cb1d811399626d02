import "./style.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice, Title } from "../../lib/ui";
import type { DeskQuestion, Page } from "../../lib/wire";
import { DeskQuestionCard } from "../answer-card";
import { StaffReading } from "../parts";
import { useStaff } from "../reading";
import { type TableNow, tablePath, todoPath } from "./calls";
import { useHurry } from "./hurry";
import { PersonCard } from "./person";
import { Where } from "./presence";
import { TakenQuestion } from "./question";
import { type Acting, useActing } from "./state";
import { t } from "./words";

const EVERY = 8000;
const SELDOM = 20_000;
/** So many questions that wait are shown here; the page of answers has them all. */
const FEW = 5;

export function Table({ event }: { event: string }) {
  const copy = useStaff<TableNow>(tablePath(event), EVERY);
  const acting = useActing(event, copy);
  useHurry(event, copy.again);
  return (
    <div class="stack table">
      <Title>{t("title")}</Title>
      <StaffReading copy={copy} who={t("who")}>
        {(now) => (
          <>
            <Where event={event} now={now} acting={acting} />
            <div role="status">
              {acting.said.text && !acting.said.bad && <Notice kind="good">{acting.said.text}</Notice>}
            </div>
            {acting.said.bad && <Notice kind="wrong">{acting.said.text}</Notice>}
            <AtTable event={event} now={now} acting={acting} again={copy.again} />
          </>
        )}
      </StaffReading>
      <Todo event={event} taken={copy.value?.questions ?? []} onDone={acting.say} />
    </div>
  );
}

interface Props {
  event: string;
  now: TableNow;
  acting: Acting;
  again: () => Promise<void>;
}

/** Who comes next, and whom and what this surgeon has. */
function AtTable({ event, now, acting, again }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [came, setCame] = useState<string | null>(null);
  const gone = () => heading.current?.focus();
  // What was just taken is drawn once the table has been read again.
  useEffect(() => {
    const there = came && document.getElementById(`taken-${came}`);
    if (!there) return;
    there.focus();
    setCame(null);
  });
  const take = (what: "person" | "question", any: boolean) => void acting.take(what, any).then(setCame);
  const { people, questions } = now;
  return (
    <>
      <section class="stack" aria-labelledby="next-title">
        <h2 id="next-title" tabIndex={-1} ref={heading}>
          {t("next")}
        </h2>
        <div class="nexts">
          <Button look="main" class="next" busy={acting.busy} onClick={() => take("person", false)}>
            <span>{t("nextPerson")}</span>
            <span class="next-count">{now.next.people ? t("fitPeople", { n: now.next.people }) : t("fitNone")}</span>
          </Button>
          <Button look="main" class="next" busy={acting.busy} onClick={() => take("question", false)}>
            <span>{t("nextQuestion")}</span>
            <span class="next-count">
              {now.next.questions ? t("fitQuestions", { n: now.next.questions }) : t("fitNone")}
            </span>
          </Button>
          <Button busy={acting.busy} onClick={() => take("person", true)}>
            {t("anyone")}
          </Button>
          <Button busy={acting.busy} onClick={() => take("question", true)}>
            {t("anyQuestion")}
          </Button>
        </div>
        <Waiting now={now} />
      </section>
      {people.length > 0 && (
        <section class="stack" aria-labelledby="people-title">
          <h2 id="people-title">{t("people", { n: people.length })}</h2>
          <ul class="cards">
            {people.map((person) => (
              <li key={person.id}>
                <PersonCard person={person} event={event} acting={acting} onGone={gone} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {questions.length > 0 && (
        <section class="stack" aria-labelledby="questions-title">
          <h2 id="questions-title">{t("questions", { n: questions.length })}</h2>
          <ul class="cards">
            {questions.map((question) => (
              <li key={question.id}>
                <TakenQuestion
                  question={question}
                  event={event}
                  acting={acting}
                  onGone={gone}
                  onAnswered={(text) => {
                    acting.say(text);
                    gone();
                    void again();
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Waiting({ now: { waiting, labels } }: { now: TableNow }) {
  return (
    <div class="small">
      <p id="waits-title">{t(waiting.length > 0 ? "waits" : "waitsNone")}</p>
      {waiting.length > 0 && (
        <ul class="row waits" aria-labelledby="waits-title">
          {waiting.map(({ label, people }) => (
            <li key={label} class="status" dir="auto">
              {t("waitsFor", { label: label || t("noLabel"), n: people })}
            </li>
          ))}
        </ul>
      )}
      <p class="muted">{labels.length > 0 ? t("yourLabels", { labels: labels.join(", ") }) : t("yourNone")}</p>
    </div>
  );
}

/** What nobody has answered in the sessions this surgeon is in. */
function Todo({
  event,
  taken,
  onDone,
}: {
  event: string;
  taken: readonly DeskQuestion[];
  onDone: (text: string) => void;
}) {
  const copy = useStaff<Page<DeskQuestion>>(todoPath(event), SELDOM);
  if (!copy.value) return null;
  const own = new Set(taken.map(({ id }) => id));
  const open = copy.value.results.filter(({ id, taken_by }) => !own.has(id) && !taken_by);
  const done = (text: string) => {
    onDone(text);
    void copy.again();
  };
  return (
    <section class="stack" aria-labelledby="todo-title">
      <h2 id="todo-title">{t("todo")}</h2>
      {open.length === 0 ? (
        <p class="muted">{t("todoNone")}</p>
      ) : (
        <details>
          <summary class="line-name">{t("todoCount", { n: open.length })}</summary>
          <ul class="cards">
            {open.slice(0, FEW).map((question) => (
              <li key={question.id}>
                <p class="small muted" dir="auto">
                  {question.session.title}
                </p>
                <DeskQuestionCard question={question} event={event} onDone={done} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>
        <a href={`/desk/${event}/answers`}>{t("todoMore")}</a>
      </p>
    </section>
  );
}
