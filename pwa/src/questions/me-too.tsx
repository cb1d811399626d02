import { useState } from "preact/hooks";
import { canAsk } from "../lib/secure";
import { settings } from "../lib/settings";
import { Button } from "../lib/ui";
import type { Question } from "../lib/wire";
import { dayHere } from "../programme/here";
import { isStuck } from "../safety/kept";
import { voteKey } from "./calls";
import { t } from "./list-words";
import { refusedVote, tally, toggle, voted } from "./votes";

/** "Me too", with how many would like to know; quiet mode shows no number. */
export function MeToo({ question, event }: { question: Question; event: string }) {
  const [said, setSaid] = useState("");
  const on = voted.value.has(question.id);
  const votes = tally(question);
  const press = () => {
    setSaid(t(on ? "takenBack" : "counted"));
    void toggle(question, event);
  };
  const waits = isStuck(voteKey(question.id));
  return (
    <p class="me-too">
      {canAsk && !dayHere()?.closed && (
        <Button pressed={on} onClick={press}>
          {t("meToo")}
        </Button>
      )}
      {votes > 0 && !settings.value.quiet && <span class="muted">{t("meTooCount", { n: votes })}</span>}
      <span class={waits || refusedVote.value === question.id ? "small" : "away"} role="status">
        {refusedVote.value === question.id ? t("voteRefused") : waits ? t("voteWaits") : said}
      </span>
    </p>
  );
}
