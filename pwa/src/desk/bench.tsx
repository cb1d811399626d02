import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Empty, Notice, Status } from "../lib/ui";
import { me } from "./account";
import { AnswerForm } from "./answer-form";
import { type Act, type BenchReview, claim } from "./bench-calls";
import { CareActs } from "./care";
import { DecisionForm } from "./decision-form";
import { MergeForm } from "./merge-form";
import { actsOn, actsTogether, type Lane, stepOf } from "./queue";
import { ReviewItem } from "./review-item";
import type { Queue, Why } from "./reviews-state";
import { t } from "./reviews-words";
import { SimilarForm } from "./similar-form";
import { type Undoable, undoables } from "./undoing";

/** What is open under the item. */
type Form = "return" | "hide" | "merge" | "similar" | "answer";

interface Props {
  queue: Queue;
  lane: Lane;
  event: string;
}

/** The item, what can be done with it, and the list it comes from. */
export function Bench({ queue, lane, event }: Props) {
  const { current, chosen } = queue;
  const [form, setForm] = useState<Form | null>(null);
  const [several, setSeveral] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const acts = chosen.size > 0 ? actsTogether(lane) : current && !queue.gone ? actsOn(current) : [];
  const undoing = undoables(event)[0];
  const close = () => setForm(null);
  const after = (was: boolean) => {
    if (!was) return;
    close();
    heading.current?.focus();
  };
  const press = (act: Act | "similar") => {
    if (queue.busy) return;
    if (act === "similar") {
      if (current?.state === "held" && chosen.size === 0) setForm(act);
    } else if (!acts.includes(act)) return;
    else if (act === "return" || act === "hide" || act === "merge") setForm(act);
    else void queue.decide(act).then(after);
  };
  const step = (by: number) => {
    close();
    queue.step(by);
    heading.current?.focus();
  };
  const putBack = () => undoing && !queue.busy && void queue.undo(undoing).then(after);
  const take = () => {
    const own = me()?.id;
    if (current?.care && own && !queue.busy) void queue.mend(() => claim(current, own), t("taken"));
  };
  useKeys((key) => {
    if (key === "close") close();
    else if (form) return;
    else if (key === "next" || key === "back") step(key === "next" ? 1 : -1);
    else if (key === "undo") putBack();
    else if (key === "take") take();
    else press(key);
  });
  return (
    <>
      <Told queue={queue} undoing={undoing} onUndo={putBack} />
      {!current && queue.reviews.length === 0 ? (
        <Empty title={t(lane === "held" || lane === "care" || lane === "reported" ? `${lane}Empty` : "empty")}>
          {lane === "held" && <p>{t("heldEmptyHint")}</p>}
        </Empty>
      ) : (
        <div class="bench">
          <div class="stack bench-item">
            {current && (
              <ReviewItem key={current.id} review={current} heading={heading} gone={queue.gone}>
                {!queue.gone && chosen.size === 0 && (
                  <CareActs
                    review={current}
                    event={event}
                    queue={queue}
                    lane={lane}
                    onTake={take}
                    onAnswer={() => setForm("answer")}
                  />
                )}
              </ReviewItem>
            )}
            {form ? (
              <OpenForm key={current?.id} form={form} queue={queue} event={event} onDone={after} onClose={close} />
            ) : (
              <div class="acts">
                {chosen.size > 0 && <Status>{t("chosen", { n: chosen.size })}</Status>}
                {acts.map((act) => (
                  <Button
                    key={act}
                    look={act === "show" || act === "keep" ? "main" : "plain"}
                    busy={queue.busy}
                    onClick={() => press(act)}
                  >
                    {t(act)}
                  </Button>
                ))}
                {queue.reviews.length > 1 && (
                  <Button onClick={() => step(1)} class="acts-next">
                    {t("next")}
                  </Button>
                )}
              </div>
            )}
            {!form && current?.state === "held" && chosen.size === 0 && !queue.gone && (
              <Button look="link" onClick={() => press("similar")}>
                {t("similar")}
              </Button>
            )}
            <p class="hint keys">{t("keys")}</p>
          </div>
          <List
            queue={queue}
            event={event}
            several={several}
            {...(actsTogether(lane).length > 0 && { onSeveral: setSeveral })}
          />
        </div>
      )}
    </>
  );
}

/** What became of the last act, and the way back. It stays for ten minutes. */
function Told({
  queue: { said, busy },
  undoing,
  onUndo,
}: {
  queue: Queue;
  undoing: Undoable | undefined;
  onUndo: () => void;
}) {
  return (
    <>
      <div role="status">{said.text && !said.bad && <Notice kind="good">{said.text}</Notice>}</div>
      {undoing && (
        <div class="undo">
          <p class="small">
            {t(`back${undoing.act}`, { lane: t(undoing.from) })} <q dir="auto">{shorter(undoing.text, 40)}</q>
          </p>
          <Button busy={busy} onClick={onUndo}>
            {t("undo")}
          </Button>
        </div>
      )}
    </>
  );
}

interface FormProps {
  form: Form;
  queue: Queue;
  event: string;
  onDone: (was: boolean) => void;
  onClose: () => void;
}

function OpenForm({ form, queue, event, onDone, onClose }: FormProps) {
  const { current, chosen, busy } = queue;
  const decide = (act: Act, why: Why) => void queue.decide(act, why).then(onDone);
  if (form === "return" || form === "hide")
    return (
      <DecisionForm
        act={form}
        name={chosen.size > 0 ? "several" : (current?.id ?? "")}
        care={current?.care ?? false}
        busy={busy}
        onDecide={(reason, note) => decide(form, { reason, note })}
        onClose={onClose}
      />
    );
  if (!current) return null;
  if (form === "merge")
    return (
      <MergeForm
        review={current}
        event={event}
        busy={busy}
        onMerge={(into) => decide("merge", { into })}
        onClose={onClose}
      />
    );
  if (form === "similar")
    return (
      <SimilarForm
        review={current}
        busy={busy}
        onDecide={(act, reason, note) => void queue.decideSimilar(act, reason, note).then(onDone)}
        onClose={onClose}
      />
    );
  return (
    <div class="card">
      <AnswerForm
        question={{ id: current.subject, audience: current.audience }}
        event={event}
        onDone={(text) => void queue.mend(async () => undefined, text).then(onDone)}
        onClose={onClose}
      />
    </div>
  );
}

/** Hears keys while the page is open. */
function useKeys(hear: (step: NonNullable<ReturnType<typeof stepOf>>) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (!step) return;
      event.preventDefault();
      latest.current(step);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

function List({
  queue,
  event,
  several,
  onSeveral,
}: {
  queue: Queue;
  event: string;
  several: boolean;
  onSeveral?: (several: boolean) => void;
}) {
  const { reviews, chosen, choose } = queue;
  const flip = (id: string) =>
    choose(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id].slice(0, 100));
  const turn = () => {
    choose([]);
    onSeveral?.(!several);
  };
  return (
    <section class="stack bench-list" aria-label={t("list", { n: reviews.length })}>
      <p class="row between">
        <strong>{t("list", { n: reviews.length })}</strong>
        {reviews.length > 1 && onSeveral && (
          <Button look="link" onClick={turn} pressed={several}>
            {t(several ? "severalOff" : "several")}
          </Button>
        )}
      </p>
      {several && <Button onClick={() => choose(reviews.slice(0, 100).map(({ id }) => id))}>{t("all")}</Button>}
      <ol class="queue">
        {reviews.map((review) => (
          <li key={review.id}>
            {several && (
              <label class="queue-tick">
                <input type="checkbox" checked={chosen.has(review.id)} onChange={() => flip(review.id)} />
                <span class="away">{t("choose", { text: shorter(review.text, LONG) })}</span>
              </label>
            )}
            <button
              type="button"
              class="queue-item"
              aria-current={review.id === queue.current?.id}
              onClick={() => queue.pick(review.id)}
            >
              <span dir="auto">{shorter(review.text, LONG)}</span>
              <span class="small muted" dir="auto">
                {aboutOf(review)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {queue.more && (
        <Button busy={queue.busy} onClick={queue.more}>
          {t("more")}
        </Button>
      )}
      <p class="small">
        <a href={`/desk/${event}/acts`}>{t("earlier")}</a>
      </p>
    </section>
  );
}

const LONG = 90;
const shorter = (text: string, long: number) => (text.length > long ? `${text.slice(0, long)}…` : text);

const aboutOf = ({ care, owner, folded, audience, merged, session }: BenchReview): string =>
  [
    care && t("care"),
    care && owner && t("with", { name: owner.id === me()?.id ? t("you") : owner.name }),
    folded && t("foldedShort"),
    audience === "surgeons" && t("surgeons"),
    merged > 0 && t("joinedWith", { n: merged }),
    session.title,
  ]
    .filter(Boolean)
    .join(" · ");
