import "./style.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { settings } from "../lib/settings";
import { Button, Empty, PlainText, Status } from "../lib/ui";
import type { Question, Session } from "../lib/wire";
import { ofSession, useKept } from "../safety/kept";
import type { Receipt } from "../safety/receipts";
import { Report } from "../safety/report";
import { QuestionWords } from "./answers";
import { SORTS, type Sort } from "./calls";
import { useFurther } from "./further";
import { t } from "./list-words";
import { MeToo } from "./me-too";
import { ordered } from "./order";
import { t as state } from "./state-words";
import { hearRefusals, loadVotes } from "./votes";

export interface QuestionListProps {
  session: Session;
  /** What may be on screen now; new arrivals wait behind "Show 3 new" in the session page, not here. */
  questions: Question[];
  /** The next page of `sessions/{session}/questions/`, or null. */
  more: string | null;
}

export function QuestionList({ session, questions, more }: QuestionListProps) {
  const [sort, setSort] = useState<Sort>("votes");
  const further = useFurther(session.id, questions, more, sort);
  const places = useRef<{ sort: Sort; ids: string[] }>({ sort, ids: [] });
  const kept = places.current.sort === sort ? places.current.ids : [];
  const ids = ordered(further.questions, sort, kept);
  places.current = { sort, ids };
  useOwn(session, questions);
  const byId = new Map(further.questions.map((question) => [question.id, question]));
  const shown = ids.map((id) => byId.get(id)).filter((question) => question !== undefined);
  return (
    <div class="stack questions">
      <Yours session={session} />
      {questions.length > 1 && <Order sort={sort} onSort={setSort} />}
      {shown.length === 0 && <None unanswered={questions.length > 0} />}
      <ul class="cards">
        {shown.map((question) => (
          <li key={question.id} id={`q-${question.id}`}>
            <Item question={question} event={session.event.id} />
          </li>
        ))}
      </ul>
      {further.failed && <p role="status">{t("moreFailed")}</p>}
      {further.next && (
        <Button busy={further.busy} onClick={further.load}>
          {t("moreQuestions")}
        </Button>
      )}
    </div>
  );
}

/** Everybody's votes, and what the list says about one's own. */
function useOwn(session: Session, questions: readonly Question[]): void {
  useKept();
  useEffect(() => {
    void loadVotes(session.event.id);
    return hearRefusals(session.event.id);
  }, [session.event.id]);
  useEffect(
    () =>
      void import("./own").then(
        ({ learnFromShown }) => learnFromShown(session.id, questions, false),
        () => undefined,
      ),
    [session.id, questions],
  );
}

function Order({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <label class="order">
      <span>{t("sort")}</span>
      <select
        value={sort}
        onChange={(event) => onSort(SORTS.find((name) => name === event.currentTarget.value) ?? "votes")}
      >
        {SORTS.map((name) => (
          <option key={name} value={name}>
            {t(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function None({ unanswered }: { unanswered: boolean }) {
  if (unanswered) return <Empty title={t("noneUnanswered")} />;
  return (
    <Empty title={t("none")}>
      <p>{t("noneHint")}</p>
    </Empty>
  );
}

function Item({ question, event }: { question: Question; event: string }) {
  const { id, session } = question;
  return (
    <article class="card question">
      <QuestionWords question={question} />
      <Report subject={{ kind: "question", id, session, event }}>
        <MeToo question={question} event={event} />
      </Report>
    </article>
  );
}

/** One's own that others do not see here yet. "Leave quickly" puts them out of sight with My questions. */
function Yours({ session }: { session: Session }) {
  const own = settings.value.mineHidden ? [] : ofSession(session.id, "question").filter(isUnseen);
  if (own.length === 0) return null;
  return (
    <section class="card stack yours" aria-label={t("yours")}>
      <p class="small muted">{t("yours")}</p>
      {own.map((receipt) => (
        <div key={receipt.id} class="stack">
          <PlainText text={receipt.text || state("noText")} />
          <p>
            <Status kind={receipt.standing === "held" ? "plain" : "warn"}>
              {state(receipt.standing === "refused" ? "refusedState" : receipt.standing)}
            </Status>
          </p>
        </div>
      ))}
      <p>
        <a href="/mine">{t("toMine")}</a>
      </p>
    </section>
  );
}

const isUnseen = ({ standing, audience }: Receipt): boolean =>
  standing === "waiting" ||
  standing === "refused" ||
  standing === "held" ||
  standing === "returned" ||
  (standing === "shown" && audience === "surgeons");
