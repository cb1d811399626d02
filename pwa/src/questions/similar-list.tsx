import { useEffect, useState } from "preact/hooks";
import type { Question } from "../lib/wire";
import { t as warned } from "../safety/report-said";
import { t } from "./list-words";
import { MeToo } from "./me-too";
import { similar } from "./similar";

const PAUSE = 500;

/** Questions like the one being written. Choosing "Me too" is enough; writing on is as good. */
export function Similar({ text, questions, event }: { text: string; questions: readonly Question[]; event: string }) {
  const [found, setFound] = useState<readonly Question[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setFound(similar(text, questions)), text ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [text, questions]);
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <section class="card stack">
          <h2>{t("similar")}</h2>
          <p class="hint">{t("similarHint")}</p>
          <ul class="stack">
            {found.map((question) => (
              <li key={question.id} class="similar">
                <p dir="auto">
                  {question.warning ? warned("warningOn", { warning: question.warning }) : question.text}
                </p>
                <MeToo question={question} event={event} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
