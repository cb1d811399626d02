import { useEffect, useRef, useState } from "preact/hooks";
import { Button, PlainText, Skeleton, TextBox } from "../lib/ui";
import { type BenchReview, type Reviews, reviewsPath } from "./bench-calls";
import { submits } from "./parts";
import { targets } from "./queue";
import { useStaff } from "./reading";
import { t } from "./reviews-words";

/** Drawn at once; whoever wants another one types a word of it. */
const MOST = 5;

interface Props {
  review: BenchReview;
  event: string;
  busy: boolean;
  /** Gets the id of the review it is joined with. */
  onMerge: (into: string) => void;
  onClose: () => void;
}

/** Joins a question with another of its session: found by a word, both read before it is done. */
export function MergeForm({ review, event, busy, onMerge, onClose }: Props) {
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState("");
  const field = useRef<(HTMLTextAreaElement & HTMLInputElement) | null>(null);
  const { code } = review.session;
  const lists = [
    useStaff<Reviews>(reviewsPath(event, "shown", code, 200)),
    useStaff<Reviews>(reviewsPath(event, "approved", code, 200)),
    useStaff<Reviews>(reviewsPath(event, "held", code, 200)),
  ];
  const others = lists.flatMap(({ value }) => value?.results ?? []);
  const found = targets(review, others, search);
  const into = others.find(({ id }) => id === chosen);
  const ready = lists.every(({ standing }) => standing !== "loading");
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="card stack decision"
      aria-labelledby="merge-title"
      onSubmit={submits(() => into && !busy && onMerge(into.id))}
    >
      <h2 id="merge-title">{t("mergeTitle")}</h2>
      <p class="small">{t("mergeLead")}</p>
      <TextBox label={t("mergeSearch")} type="search" value={search} input={field} onInput={setSearch} />
      {!ready && <Skeleton lines={3} />}
      <fieldset class="choice">
        <legend class="away">{t("mergeChoose")}</legend>
        {found.slice(0, MOST).map((one) => (
          <label class="option" key={one.id}>
            <input type="radio" name="into" checked={one.id === chosen} onChange={() => setChosen(one.id)} />
            <span>
              <span dir="auto">{one.text}</span>
              <span class="hint">
                {[t(one.state), one.votes > 0 && t("votes", { n: one.votes })].filter(Boolean).join(" · ")}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="small" role="status">
        {ready && (found.length === 0 ? t("mergeNone") : t("mergeFound", { n: found.length }))}
      </p>
      {into && <Both one={review} other={into} />}
      <p class="row">
        <Button type="submit" look="main" busy={busy} disabled={!into}>
          {t("doMerge")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </form>
  );
}

/** What becomes of the two. */
function Both({ one, other }: { one: BenchReview; other: BenchReview }) {
  return (
    <div class="both">
      <div>
        <p class="small muted">{t("mergeThis")}</p>
        <PlainText text={one.text} />
      </div>
      <div>
        <p class="small muted">{t("mergeThat")}</p>
        <PlainText text={other.text} />
        {one.votes > 0 && <p class="small muted">{t("mergeVotes", { n: one.votes + other.votes })}</p>}
      </div>
    </div>
  );
}
