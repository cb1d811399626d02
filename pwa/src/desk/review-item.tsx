import type { ComponentChildren, Ref } from "preact";
import { Notice, PlainText, Status } from "../lib/ui";
import type { BenchReview } from "./bench-calls";
import { t } from "./reviews-words";

/** One thing under review, whole, with its session and what was said about it. Text is text. */
export function ReviewItem({
  review,
  heading,
  gone,
  children,
}: {
  review: BenchReview;
  heading: Ref<HTMLHeadingElement>;
  gone: boolean;
  children?: ComponentChildren;
}) {
  const { kind, session, audience, warning, text, reason, votes, merged, reports, folded, kept } = review;
  return (
    <article class="card stack under-review" aria-labelledby="under-review">
      <h2 id="under-review" class="small" tabIndex={-1} ref={heading}>
        {t(kind === "comment" ? "comment" : "question")}{" "}
        <a href={`/s/${session.code}${kind === "comment" ? "#talk" : ""}`} target="_blank" rel="noopener" dir="auto">
          {t("in", { title: session.title })}
        </a>
      </h2>
      {gone && <Notice kind="warn">{t("elsewhere")}</Notice>}
      {audience === "surgeons" && (
        <p>
          <Status>{t("surgeons")}</Status> <span class="small muted">{t("surgeonsHint")}</span>
        </p>
      )}
      {warning && (
        <p>
          <Status kind="warn">{t("warning", { warning })}</Status>
        </p>
      )}
      {reports.length > 0 && (
        <p class="small">
          <Status kind={folded ? "warn" : "plain"}>{t(folded ? "folded" : "reportedBy")}</Status>{" "}
          {reports.map(({ reason: why, count }) => t(`report-${why}`, { n: count })).join(" · ")}
        </p>
      )}
      {kept && <p class="small muted">{t("kept")}</p>}
      <div class="review-words">
        <PlainText text={text} />
      </div>
      {(votes > 0 || merged > 0) && (
        <p class="small muted">
          {[votes > 0 && t("votes", { n: votes }), merged > 0 && t("joinedWith", { n: merged })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {reason && <p class="small">{t("because", { reason: t(reason) })}</p>}
      {children}
    </article>
  );
}
