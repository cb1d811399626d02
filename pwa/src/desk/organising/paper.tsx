import "./style.css";
import type { EventDay } from "../../lib/wire";
import { cardOf, paperOf } from "./calls";
import { t } from "./more-words";

/** What is printed: posters and cards, each a plain link. */
export function Paper({ event }: { event: EventDay }) {
  const paper = paperOf(event.slug);
  return (
    <section class="card stack">
      <h2>{t("paper")}</h2>
      {event.state === "draft" ? (
        <p>{t("draft")}</p>
      ) : (
        <>
          <p class="hint">{t("paperHint")}</p>
          <ul class="own-lines">
            {(["posterPdf", "posterSvg", "cards"] as const).map((name) => (
              <li key={name}>
                <Away href={paper[name]}>{t(name)}</Away>
              </li>
            ))}
          </ul>
          {event.sessions.length > 0 && (
            <details>
              <summary class="line-name">{t("eachCard")}</summary>
              <ul class="own-lines">
                {event.sessions.map(({ id, title }) => (
                  <li key={id} class="row between">
                    <span class="act-line" dir="auto">
                      {title}
                    </span>
                    {(["pdf", "svg"] as const).map((kind) => (
                      <Away key={kind} href={cardOf(id, kind)} label={t("cardOf", { kind: t(kind), title })}>
                        {t(kind)}
                      </Away>
                    ))}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

const Away = ({ href, label, children }: { href: string; label?: string; children: string }) => (
  <a class="tall-link" href={href} target="_blank" rel="noopener" aria-label={label}>
    {children}
  </a>
);
