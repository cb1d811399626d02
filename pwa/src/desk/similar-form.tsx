import { useState } from "preact/hooks";
import { Button, Choice } from "../lib/ui";
import { type BenchReview, type Similar, similarPath } from "./bench-calls";
import { DecisionForm } from "./decision-form";
import { StaffReading } from "./parts";
import type { Reason } from "./queue";
import { useStaff } from "./reading";
import { t } from "./reviews-words";
import { WHO } from "./words";

interface Props {
  review: BenchReview;
  busy: boolean;
  onDecide: (act: "return" | "hide", reason: Reason, note: string) => void;
  onClose: () => void;
}

/** Against a flood: all that wait in the session with alike words, seen before they are returned. */
export function SimilarForm({ review, busy, onDecide, onClose }: Props) {
  const [act, setAct] = useState<"return" | "hide">("return");
  const copy = useStaff<Similar>(similarPath(review.id));
  return (
    <StaffReading copy={copy} who={WHO.reviews}>
      {({ count, examples }) =>
        count < 2 ? (
          <div class="card stack">
            <p>{t("similarNone")}</p>
            <Button onClick={onClose}>{t("cancel")}</Button>
          </div>
        ) : (
          <DecisionForm
            act={act}
            name={`similar:${review.id}`}
            care={false}
            busy={busy}
            onDecide={(reason, note) => onDecide(act, reason, note)}
            onClose={onClose}
            title={t("similarTitle", { n: count })}
            label={t(act === "return" ? "similarReturn" : "similarHide", { n: count })}
          >
            <ul class="bullets small">
              {examples.map((text, at) => (
                <li key={at} dir="auto">
                  {text}
                </li>
              ))}
            </ul>
            <p class="small">{t("similarHint")}</p>
            <Choice
              legend={t("similarWhat")}
              value={act}
              onChange={setAct}
              options={[
                { value: "return", label: t("similarReturns") },
                { value: "hide", label: t("similarHides") },
              ]}
            />
          </DecisionForm>
        )
      }
    </StaffReading>
  );
}
