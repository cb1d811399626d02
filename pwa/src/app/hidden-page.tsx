import { Title } from "../lib/ui";
import { t } from "./settings-words";

/** Stands in for My questions after somebody left quickly. */
export function HiddenPage() {
  return (
    <div class="stack">
      <Title>{t("hiddenTitle")}</Title>
      <p>{t("hiddenHint")}</p>
      <p>
        <a href="/settings">{t("title")}</a>
      </p>
    </div>
  );
}
