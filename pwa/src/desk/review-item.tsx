import type { Ref } from "preact";
import { Notice, PlainText, Status } from "../lib/ui";
import type { Review } from "../lib/wire";
import { t } from "./reviews-words";

/** One thing under review, whole, with its session. Text is text. */
export function ReviewItem({
  review,
  heading,
  gone,
}: {
  review: Review;
  heading: Ref<HTMLHeadingElement>;
  gone: boolean;
}) {
  return (
    <article class="card stack under-review" aria-labelledby="under-review">
      <h2 id="under-review" class="small" tabIndex={-1} ref={heading}>
        {t(review.kind)}{" "}
        <a
          href={`/s/${review.session.code}${review.kind === "comment" ? "#talk" : ""}`}
          target="_blank"
          rel="noopener"
          dir="auto"
        >
          {t("in", { title: review.session.title })}
        </a>
      </h2>
      {gone && <Notice kind="warn">{t("elsewhere")}</Notice>}
      {review.care && (
        <Notice kind="warn" title={t("care")}>
          <p class="small">{t("careHint")}</p>
        </Notice>
      )}
      {review.audience === "surgeons" && (
        <p>
          <Status>{t("surgeons")}</Status> <span class="small muted">{t("surgeonsHint")}</span>
        </p>
      )}
      {review.warning && (
        <p>
          <Status kind="warn">{t("warning", { warning: review.warning })}</Status>
        </p>
      )}
      <div class="review-words">
        <PlainText text={review.text} />
      </div>
      {review.reason && <p class="small">{t("because", { reason: t(review.reason) })}</p>}
    </article>
  );
}
