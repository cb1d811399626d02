import { Title } from "../lib/ui";
import { t } from "./about-words";

const PARTS = {
  not: ["who", "ask", "mixed"],
  keep: ["words", "receipt", "back"],
  limits: ["read", "venue", "style", "screen", "danger"],
  people: ["lists"],
} as const;

/** What is and is not recorded, limits included, in words for everybody. docs/anonymity.md says it in full. */
export function PrivacyPage() {
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      {Object.entries(PARTS).map(([part, sentences]) => (
        <section key={part}>
          <h2>{t(part as keyof typeof PARTS)}</h2>
          <ul class="bullets">
            {sentences.map((name) => (
              <li key={name}>{t(name)}</li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        <a href="/settings">{t("forget")}</a>
      </p>
    </div>
  );
}
