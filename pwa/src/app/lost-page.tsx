import { Title } from "../lib/ui";
import { here } from "../programme/here";
import { t } from "./settings-words";

/** No such address. */
export function LostPage() {
  return (
    <div class="stack">
      <Title>{t("lostTitle")}</Title>
      <p>{t("lostHint")}</p>
      <p>
        <a href={here.value ? `/e/${here.value}` : "/"}>{t(here.value ? "toDay" : "toEvents")}</a>
      </p>
    </div>
  );
}
