import { useCopy } from "../lib/copies";
import { API } from "../lib/http";
import type { Tally } from "../lib/wire";
import { t } from "./tally-words";

/** Returned, hidden and joined: their number is told in steps, for a single one could be somebody's. */
const ROUGH = ["returned", "hidden", "merged"] as const;

/** What became of what was sent in a session: the same for everybody, as last read where there is no network. */
export function TallyOf({ session }: { session: string }) {
  const tally = useCopy<Tally>(`${API}/sessions/${session}/tally/`).value;
  if (!tally) return null;
  const { shown, answered, comments } = tally;
  return (
    <section class="stack">
      <h2>{t("title")}</h2>
      <ul class="bullets">
        <li>
          {t("shown", { n: shown })} {answered > 0 && t("answered", { n: answered })}
        </li>
        {comments > 0 && <li>{t("comments", { n: comments })}</li>}
        {ROUGH.map((what) => {
          const { least, most } = tally[what];
          return (
            <li key={what}>{`${least ? t("between", { least, most }) : t("few", { n: most + 1 })} ${t(what)}`}</li>
          );
        })}
      </ul>
      <p class="hint">{t("why")}</p>
    </section>
  );
}
