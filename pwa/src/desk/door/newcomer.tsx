import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../lib/ui";
import { Select, submits } from "../parts";
import type { Typed } from "./door";
import { giveSpare } from "./kept";
import { isFull, numbersOf, optionOf, type Place } from "./places";
import { flush, look } from "./sending";
import { t } from "./words";

interface Props {
  /** Id of the event. */
  event: string;
  places: readonly Place[];
  typed: Typed;
  write: (some: Partial<Typed>) => void;
  zone: string;
  now: number;
  labels: readonly string[];
  after: () => Promise<void>;
}

/** So many labels may be given at most. */
const MOST = 5;

/** Somebody who comes without a number: a session, perhaps what for, and the number to say aloud. */
export function Newcomer({ event, places, typed, write, zone, now, labels, after }: Props) {
  const [busy, setBusy] = useState(false);
  const [none, setNone] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const chosen = places.find(({ id }) => id === typed.session) ?? places[0];
  const surgery = chosen?.kind === "surgery";
  const give = async () => {
    if (busy || !chosen) return;
    setBusy(true);
    setNone(false);
    const wanted = surgery ? typed.labels : [];
    let spare = await giveSpare(event, chosen.id, wanted);
    if (!spare) {
      await flush(event);
      spare = await giveSpare(event, chosen.id, wanted);
    }
    setBusy(false);
    setNone(!spare);
    if (!spare) return;
    // What is said of what waits must not be older than the number.
    await look(event);
    write({ given: { ticket: spare.ticket, title: chosen.title, seat: !surgery }, labels: [] });
    void flush(event).then(after);
  };
  const flip = (label: string) =>
    write({
      labels: typed.labels.includes(label)
        ? typed.labels.filter((one) => one !== label)
        : [...typed.labels, label].slice(0, MOST),
    });
  if (typed.given)
    return (
      <Given
        given={typed.given}
        onNext={() => {
          write({ given: null });
          // The form is drawn in the place of the number.
          setTimeout(() => heading.current?.focus());
        }}
      />
    );
  return (
    <section class="card" aria-labelledby="new-title">
      <form class="stack" onSubmit={submits(() => void give())}>
        <h2 id="new-title" tabIndex={-1} ref={heading}>
          {t("newcomer")}
        </h2>
        {chosen ? (
          <>
            <Select
              label={t("session")}
              hint={numbersOf(chosen)}
              value={chosen.id}
              options={places.map((one) => ({ value: one.id, label: optionOf(one, zone, now) }))}
              onChange={(session) => write({ session })}
            />
            {isFull(chosen) && <Notice kind="warn">{t("fullHint")}</Notice>}
            {surgery && labels.length > 0 && (
              <details open={typed.labels.length > 0}>
                <summary class="line-name">{t("labels")}</summary>
                <div class="row" role="group" aria-label={t("labels")}>
                  {labels.map((label) => (
                    <Button key={label} pressed={typed.labels.includes(label)} onClick={() => flip(label)}>
                      <span dir="auto">{label}</span>
                    </Button>
                  ))}
                </div>
              </details>
            )}
            {none && <Notice kind="wrong">{t("noNumbers")}</Notice>}
            <Button type="submit" look="main" class="wide" busy={busy}>
              {t("give")}
            </Button>
          </>
        ) : (
          <p>{t("none")}</p>
        )}
      </form>
    </section>
  );
}

function Given({ given: { ticket, title, seat }, onNext }: { given: NonNullable<Typed["given"]>; onNext: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="card stack door-given">
      <p>{t("sayAloud")}</p>
      <h2 tabIndex={-1} ref={heading}>
        <span class="away">{t("number")} </span>
        <span class="door-number">{ticket}</span>
      </h2>
      <p dir="auto">{title}</p>
      <p class="hint">{t(seat ? "giveHintSeat" : "giveHint")}</p>
      <Button look="main" class="wide" onClick={onNext}>
        {t("next")}
      </Button>
      <p class="away" role="status">
        {t("gave", { n: ticket, title })}
      </p>
    </section>
  );
}
