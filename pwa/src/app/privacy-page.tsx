import { Title } from "../lib/ui";
import { t } from "./about-words";

const SENTENCES = ["who", "ask", "times", "receipt", "read", "kept", "venue", "style", "screen", "danger"] as const;

/** What is and is not recorded, in ten sentences, limits included. */
export function PrivacyPage() {
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      <ol class="bullets numbered">
        {SENTENCES.map((name) => (
          <li key={name}>{t(name)}</li>
        ))}
      </ol>
      <p>
        <a href="/settings">{t("forget")}</a>
      </p>
    </div>
  );
}
