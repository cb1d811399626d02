import { useState } from "preact/hooks";
import { clock, nowIn } from "../../lib/time";
import { Button, Choice, TextBox } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import { addSession } from "../calls";
import { useDraft } from "../draft";
import { Select, submits } from "../parts";
import { excuse } from "../reading";
import { t } from "./plan-words";

type When = "now" | "next";
interface Span {
  starts: string;
  ends: string;
}

const STEP = 5 * 60_000;
const HALF = 30 * 60_000;
const EMPTY = { title: "", when: "now" as When, room: "" };

const spanFrom = (moment: number): Span => ({ starts: iso(moment), ends: iso(moment + HALF) });
const iso = (moment: number) => new Date(moment).toISOString().replace(".000Z", "Z");

/**
 * When an open-space session could be: at once (from the last five minutes of the clock), and at the next full or half
 * hour at which nothing else is in `room`; null where the day ends before.
 */
export function slots(
  { ends, sessions }: Pick<EventDay, "ends" | "sessions">,
  room: string,
  now: number,
): { now: Span; next: Span | null } {
  const there = sessions.filter((one) => one.state === "planned" && room && one.room?.id === room);
  const isFree = (from: number) =>
    there.every((one) => Date.parse(one.ends) <= from || Date.parse(one.starts) >= from + HALF);
  const last = Math.max(Date.parse(ends), now) - HALF;
  let next = Math.ceil((now + 1) / HALF) * HALF;
  while (next <= last && !isFree(next)) next += HALF;
  return { now: spanFrom(Math.floor(now / STEP) * STEP), next: next <= last ? spanFrom(next) : null };
}

/** What somebody offers on the spot: a title, a half hour, a place. */
export function OpenSpace({ event, onDone }: { event: EventDay; onDone: (said: string) => void }) {
  const [open, setOpen] = useState(false);
  const draft = useDraft(`open-space:${event.id}`, EMPTY);
  const [error, setError] = useState<{ title?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  if (!draft.value) return null;
  const { title, when, room } = draft.value;
  const write = (some: Partial<typeof EMPTY>) => draft.write({ title, when, room, ...some });
  if (!open && !title)
    return (
      <p>
        <Button look="main" onClick={() => setOpen(true)}>
          {t("open")}
        </Button>
      </p>
    );
  const free = slots(event, room, nowIn(event));
  const words = ({ starts, ends }: Span) => ({
    starts: clock(starts, event.timezone),
    ends: clock(ends, event.timezone),
  });
  const chosen = free[when];
  const close = () => {
    draft.drop();
    setError({});
    setOpen(false);
  };
  const add = async () => {
    if (busy) return;
    setError(title.trim() ? {} : { title: t("needTitle") });
    if (!title.trim()) return;
    if (!chosen) return setError({ form: t("noFree") });
    setBusy(true);
    try {
      const made = await addSession(event.slug, {
        title: title.trim(),
        kind: "open-space",
        ...chosen,
        room: room || null,
      });
      close();
      onDone(t("added", { title: made.title, ...words(chosen) }));
    } catch (reason) {
      setError({ form: excuse(reason, t("offline")) });
    }
    setBusy(false);
  };
  return (
    <form class="card stack" onSubmit={submits(() => void add())} aria-label={t("open")} noValidate>
      <h2>{t("open")}</h2>
      <p class="hint">{t("openHint")}</p>
      <TextBox label={t("title")} value={title} error={error.title} onInput={(typed) => write({ title: typed })} />
      <Select
        label={t("where")}
        value={room}
        options={[
          { value: "", label: t("noRoom") },
          ...event.rooms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(to) => write({ room: to })}
      />
      <Choice
        legend={t("when")}
        value={when}
        onChange={(to) => write({ when: to })}
        options={[
          { value: "now", label: t("now"), hint: t("from", words(free.now)) },
          { value: "next", label: t("next"), hint: free.next ? t("from", words(free.next)) : t("noFree") },
        ]}
      />
      {error.form && (
        <p class="error" role="alert">
          {error.form}
        </p>
      )}
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("addIt")}
        </Button>
        <Button onClick={close}>{t("close")}</Button>
      </p>
    </form>
  );
}
