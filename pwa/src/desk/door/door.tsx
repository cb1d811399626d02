import "./style.css";
import { useEffect, useRef } from "preact/hooks";
import { useCopy } from "../../lib/copies";
import { go, place } from "../../lib/router";
import { nowIn } from "../../lib/time";
import { Skeleton, Tabs, Title } from "../../lib/ui";
import type { EventCard, EventDay } from "../../lib/wire";
import { eventPath } from "../../programme/calls";
import { useDraft } from "../draft";
import { NotYours } from "../gate";
import { useStaff } from "../reading";
import { type DoorNow, doorPath } from "./calls";
import { Heads } from "./heads";
import { waitingOf } from "./kept";
import { Newcomer } from "./newcomer";
import { asPrinted, inOrder, isFull, numbersOf, type Place, whenOf, withNumbers } from "./places";
import { Search } from "./search";
import { flush, keptNow, look } from "./sending";
import { Ready, Standing } from "./standing";
import { t } from "./words";

const EVERY = 8000;
const AGAIN = 5000;
const TABS = ["let", "heads", "sessions"] as const;

/** What is typed at the door. It stays through a reload and a sign-out. */
export interface Typed {
  readonly search: string;
  readonly session: string;
  readonly labels: readonly string[];
  /** The number that is on the screen to be said aloud. */
  readonly given: { readonly ticket: number; readonly title: string; readonly seat: boolean } | null;
}

const EMPTY: Typed = { search: "", session: "", labels: [], given: null };

export function Door({ event }: { event: EventCard }) {
  const { id, slug, timezone } = event;
  const copy = useStaff<DoorNow>(doorPath(id), EVERY);
  const day = useCopy<EventDay>(eventPath(slug)).value;
  const draft = useDraft<Typed>(`door:${id}`, EMPTY);
  // An answer may come long after a press: it must not undo what was typed meanwhile.
  const latest = useRef<Typed>(EMPTY);
  useSending(id);
  const kept = keptNow.value.get(id);
  const open = TABS.find((name) => name === place.value.hash) ?? "let";
  if (copy.problem?.status === 403) return <NotYours who={t("who")} />;
  if (!kept || !draft.value) return <Skeleton page lines={5} />;
  const now = nowIn(event);
  const places = inOrder(copy.value ? withNumbers(copy.value.sessions) : day ? asPrinted(day) : [], now);
  const typed = draft.value;
  latest.current = typed;
  const write = (some: Partial<Typed>) => {
    latest.current = { ...latest.current, ...some };
    draft.write(latest.current);
  };
  const shared = { event: id, places, typed, write, zone: timezone, now };
  return (
    <div class="stack door">
      <Title>{t("title")}</Title>
      <Standing event={id} kept={kept} />
      <Tabs
        label={t("tabs")}
        tabs={TABS.map((name) => ({ name, label: t(name) }))}
        open={open}
        onOpen={(name) => go(`${place.peek().path}#${name}`, { replace: true })}
      >
        {open === "let" && (
          <div class="stack">
            <Search event={id} typed={typed} write={write} after={copy.again} />
            <Newcomer {...shared} labels={day?.labels ?? []} after={copy.again} />
          </div>
        )}
        {open === "heads" && <Heads {...shared} kept={kept} total={copy.value?.heads} after={copy.again} />}
        {open === "sessions" && <Sessions places={places} zone={timezone} now={now} />}
      </Tabs>
      <Ready kept={kept} />
    </div>
  );
}

/** Sends what waits: now, when the network or the page comes back, and now and then while something waits. */
function useSending(event: string): void {
  useEffect(() => {
    const send = () => void flush(event);
    const seen = () => document.visibilityState === "visible" && send();
    const timer = setInterval(() => {
      const kept = keptNow.peek().get(event);
      if (kept && waitingOf(kept).length > 0) send();
    }, AGAIN);
    void look(event).then(send);
    addEventListener("online", send);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      removeEventListener("online", send);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [event]);
}

function Sessions({ places, zone, now }: { places: readonly Place[]; zone: string; now: number }) {
  if (places.length === 0) return <p>{t("none")}</p>;
  return (
    <ul class="own-lines">
      {places.map((one) => (
        <li key={one.id}>
          <p>
            <strong dir="auto">{one.title}</strong>{" "}
            <span class="small muted">{[whenOf(one, zone, now), one.room].filter(Boolean).join(" · ")}</span>
          </p>
          <p class={isFull(one) ? "small door-full" : "small"}>{numbersOf(one)}</p>
        </li>
      ))}
    </ul>
  );
}
