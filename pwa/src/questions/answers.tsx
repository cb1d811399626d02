import { PlainText } from "../lib/ui";
import type { Answer, Question } from "../lib/wire";
import { dayHere } from "../programme/here";
import { Folded } from "../safety/report";
import { t } from "./state-words";

/** A question with its answers, folded where its writer or its readers asked for that. */
export function QuestionWords({ question: { text, warning, reported, answers } }: { question: Question }) {
  return (
    <Folded warning={warning} reported={reported}>
      <PlainText text={text} />
      <AnswerList answers={answers} />
    </Folded>
  );
}

/** Answers with the names of who gave them. */
export function AnswerList({ answers }: { answers: readonly Answer[] }) {
  if (answers.length === 0) return null;
  return (
    <ul class="answers">
      {answers.map((answer) => (
        <li key={answer.id}>
          <By answer={answer} />
          <PlainText text={answer.text} />
        </li>
      ))}
    </ul>
  );
}

function By({ answer: { by, spoken, edited } }: { answer: Answer }) {
  const day = dayHere();
  const words = t("answer", { name: by.name });
  return (
    <p class="small">
      {by.id && day ? (
        <a href={`/e/${day.slug}/surgeons/${by.id}`} dir="auto">
          {words}
        </a>
      ) : (
        <span dir="auto">{words}</span>
      )}
      {spoken && <span class="muted"> · {t("spoken")}</span>}
      {edited && <span class="muted"> · {t("edited")}</span>}
    </p>
  );
}
