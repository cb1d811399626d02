import { useState } from "preact/hooks";
import { Button, Notice, PlainText } from "../lib/ui";
import { me } from "./account";
import { type BenchReview, type Colleague, careFor, claim, colleaguesPath } from "./bench-calls";
import { Select } from "./parts";
import type { Lane } from "./queue";
import { useStaff } from "./reading";
import type { Queue } from "./reviews-state";
import { t } from "./reviews-words";

interface Props {
  review: BenchReview;
  event: string;
  queue: Queue;
  lane: Lane;
  onTake: () => void;
  onAnswer: () => void;
}

/** Whose it is to answer kindly, or to look at a reply that was shown to them, and how that passes on. Without care: the
 * way to ask for it. */
export function CareActs({ review, event, queue, lane, onTake, onAnswer }: Props) {
  const [handing, setHanding] = useState(false);
  const open = review.state === "held" || review.state === "approved" || review.state === "shown";
  const { opened } = review;
  const calls = review.care || opened !== null;
  const colleagues = useStaff<Colleague[]>(calls ? colleaguesPath(event) : null).value ?? [];
  if (!open && !opened) return null;
  if (!calls)
    return (
      <Button
        look="link"
        busy={queue.busy}
        onClick={() => void queue.mend(() => careFor(review.id, true), t("careSet"))}
      >
        {t("careAsk")}
      </Button>
    );
  const { owner } = review;
  const own = owner !== null && owner.id === me()?.id;
  const lead = colleagues.find((one) => one.lead);
  const whose = own
    ? t("withYou")
    : owner === null || owner.id === lead?.id
      ? lead
        ? t("withLeadNamed", { name: lead.name })
        : t("withLead")
      : t("with", { name: owner.name });
  return (
    <Notice kind="warn" title={t(opened ? "openedTitle" : "careTitle")}>
      {opened && <Opened {...opened} />}
      <p class="small">
        <strong dir="auto">{whose}</strong> <a href={`/desk/${event}/kindness`}>{t("kindness")}</a>
      </p>
      {handing ? (
        <HandOver
          colleagues={colleagues}
          busy={queue.busy}
          onGive={(to, name) =>
            void queue.mend(() => claim(review, to), t("handed", { name })).then((was) => was && setHanding(false))
          }
          onClose={() => setHanding(false)}
        />
      ) : (
        <p class="row">
          {review.state === "shown" && <Button onClick={onAnswer}>{t("answerNow")}</Button>}
          {!own && (
            <Button busy={queue.busy} onClick={onTake}>
              {t("take")}
            </Button>
          )}
          <Button onClick={() => setHanding(true)}>{t("handOver")}</Button>
          <Button
            busy={queue.busy}
            onClick={() => void queue.mend(() => careFor(review.id, false), t("careDone"), lane === "care")}
          >
            {t("done")}
          </Button>
        </p>
      )}
    </Notice>
  );
}

/** What staff wrote in private, shown by whoever got it. */
function Opened({ text, by }: NonNullable<BenchReview["opened"]>) {
  return (
    <>
      <p class="small">{t("openedHint")}</p>
      <p class="small muted" dir="auto">
        {by ? t("openedBy", { name: by }) : t("openedByNobody")}
      </p>
      <blockquote class="review-words">
        <PlainText text={text} />
      </blockquote>
    </>
  );
}

function HandOver({
  colleagues,
  busy,
  onGive,
  onClose,
}: {
  colleagues: readonly Colleague[];
  busy: boolean;
  onGive: (to: string | null, name: string) => void;
  onClose: () => void;
}) {
  const [to, setTo] = useState("");
  const lead = t("lead");
  // Only those who decide see the care lane.
  const others = colleagues.filter(
    ({ id, roles, lead: leads }) => id !== me()?.id && !leads && roles.some((role) => /^(mod|org)/.test(role)),
  );
  const name = others.find(({ id }) => id === to)?.name ?? lead;
  return (
    <div class="stack">
      <Select
        label={t("handTo")}
        value={to}
        options={[{ value: "", label: lead }, ...others.map((one) => ({ value: one.id, label: one.name }))]}
        onChange={setTo}
      />
      <p class="row">
        <Button look="main" busy={busy} onClick={() => onGive(to || null, name)}>
          {t("handDo")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </div>
  );
}
