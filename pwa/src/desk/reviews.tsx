import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Empty, Notice, Status, Title } from "../lib/ui";
import type { Desk, Review, ReviewState } from "../lib/wire";
import { type Act, deskPath } from "./calls";
import { DecisionForm } from "./decision-form";
import { Select, StaffReading } from "./parts";
import { ACTS, type Reason, STATES, stepOf } from "./queue";
import { useStaff } from "./reading";
import { ReviewItem } from "./review-item";
import { type Queue, useQueue } from "./reviews-state";
import { t } from "./reviews-words";
import { WHO } from "./words";

const EVERY = 8000;

export function Reviews({ event }: { event: string }) {
  const [state, setState] = useState<ReviewState>("held");
  const [session, setSession] = useState("");
  const desk = useStaff<Desk>(deskPath(event), EVERY);
  const queue = useQueue(event, state, session);
  const sessions = desk.value?.sessions ?? [];
  const counts = desk.value?.counts;
  return (
    <div class="stack reviews">
      <Title>{t("title")}</Title>
      {counts && (
        <p class="small" role="status">
          {[t("countHeld", { n: counts.held }), counts.approved > 0 && t("countApproved", { n: counts.approved })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      <div class="filters">
        <Select
          label={t("state")}
          value={state}
          options={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => setState(value as ReviewState)}
        />
        <Select
          label={t("session")}
          value={session}
          options={[
            { value: "", label: t("everySession") },
            ...sessions.map(({ code, title, held }) => ({ value: code, label: held ? `${title} (${held})` : title })),
          ]}
          onChange={setSession}
        />
      </div>
      {state === "approved" && <Notice>{t("approvedHint")}</Notice>}
      {queue.said.text && <Notice kind={queue.said.bad ? "wrong" : "good"}>{queue.said.text}</Notice>}
      <StaffReading copy={queue.copy} who={WHO.reviews}>
        {() => <Bench queue={queue} state={state} />}
      </StaffReading>
    </div>
  );
}

/** The item, what can be done with it, and the list it comes from. */
function Bench({ queue, state }: { queue: Queue; state: ReviewState }) {
  const { current, chosen } = queue;
  const [form, setForm] = useState<"return" | "hide" | null>(null);
  const [several, setSeveral] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const acts = ACTS[state].filter(() => chosen.size > 0 || (current && !queue.gone));
  const decide = async (act: Act, reason?: Reason, note?: string) => {
    if (!(await queue.decide(act, reason, note))) return;
    setForm(null);
    heading.current?.focus();
  };
  const press = (act: Act) => {
    if (queue.busy || !acts.includes(act)) return;
    if (act === "show") void decide(act);
    else setForm(act);
  };
  const step = (by: number) => {
    setForm(null);
    queue.step(by);
    heading.current?.focus();
  };
  useKeys((key) => {
    if (key === "close") setForm(null);
    else if (form) return;
    else if (key === "next" || key === "back") step(key === "next" ? 1 : -1);
    else press(key);
  });
  if (!current && queue.reviews.length === 0)
    return (
      <Empty title={t(state === "held" ? "emptyHeld" : "empty")}>
        {state === "held" && <p>{t("emptyHeldHint")}</p>}
      </Empty>
    );
  return (
    <div class="bench">
      <div class="stack bench-item">
        {current && <ReviewItem key={current.id} review={current} heading={heading} gone={queue.gone} />}
        {form ? (
          <DecisionForm
            act={form}
            name={chosen.size > 0 ? "several" : (current?.id ?? "")}
            busy={queue.busy}
            onDecide={(reason, note) => void decide(form, reason, note)}
            onClose={() => setForm(null)}
          />
        ) : (
          <div class="acts">
            {chosen.size > 0 && <Status>{t("chosen", { n: chosen.size })}</Status>}
            {acts.map((act) => (
              <Button key={act} look={act === "show" ? "main" : "plain"} busy={queue.busy} onClick={() => press(act)}>
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
        <p class="hint keys">{t("keys")}</p>
      </div>
      <List queue={queue} several={several} onSeveral={setSeveral} />
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
  several,
  onSeveral,
}: {
  queue: Queue;
  several: boolean;
  onSeveral: (several: boolean) => void;
}) {
  const { reviews, chosen, choose } = queue;
  const flip = (id: string) =>
    choose(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id].slice(0, 100));
  const turn = () => {
    choose([]);
    onSeveral(!several);
  };
  return (
    <section class="stack bench-list" aria-label={t("list", { n: reviews.length })}>
      <p class="row between">
        <strong>{t("list", { n: reviews.length })}</strong>
        {reviews.length > 1 && (
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
                <span class="away">{t("choose", { text: short(review) })}</span>
              </label>
            )}
            <button
              type="button"
              class="queue-item"
              aria-current={review.id === queue.current?.id}
              onClick={() => queue.pick(review.id)}
            >
              <span dir="auto">{short(review)}</span>
              <span class="small muted" dir="auto">
                {[review.care && t("care"), review.audience === "surgeons" && t("surgeons"), review.session.title]
                  .filter(Boolean)
                  .join(" · ")}
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
    </section>
  );
}

const LONG = 90;
const short = ({ text }: Review) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
