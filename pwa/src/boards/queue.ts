/** What a queue board says. Pure functions. */
import type { components } from "../lib/schema";
import type { EventDay, Present, QueueLine, SessionCard } from "../lib/wire";
import { t } from "./queue-words";

export interface Board {
  lines: QueueLine[];
  here: Present[];
  /** How many wait for which help, anywhere in the day. */
  labels: components["schemas"]["LabelWaiting"][];
}

const HOUR = 3_600_000;

/** The lines of surgeries that matter just now, in the order of the day: on, or somebody is in them, else soon. */
export function linesToShow(
  { lines }: Pick<Board, "lines">,
  day: Pick<EventDay, "sessions"> | undefined,
  now: number,
): { line: QueueLine; session: SessionCard | undefined }[] {
  const order = day?.sessions ?? [];
  const place = (session: SessionCard | undefined) => (session ? order.indexOf(session) : order.length);
  const on = ({ starts, ends }: SessionCard, early: number) =>
    Date.parse(starts) - early <= now && now < Date.parse(ends);
  const found = lines.map((line) => ({ line, session: order.find(({ id }) => id === line.session) }));
  const busy = found.filter(({ line, session }) =>
    session && session.kind !== "surgery" ? line.called.length > 0 : line.called.length + line.waiting > 0,
  );
  // What only begins soon would push what is on now off a projector.
  const soon = busy.length > 0 ? 0 : HOUR;
  return found
    .filter((one) => busy.includes(one) || (one.session?.kind === "surgery" && on(one.session, soon)))
    .sort((one, other) => place(one.session) - place(other.session));
}

/** How many wait and about how long, as the server last reckoned it. */
export function waitWords({ waiting, wait, seats }: QueueLine): string {
  if (waiting === 0) return t(seats === "full" ? "full" : "nobody");
  return wait === null ? t("waitUnknown", { n: waiting }) : t("waitAbout", { n: waiting, wait });
}

/** "photos 2 · no label 1": what those who wait would like help with, what most want first. */
export const topicsOf = ({ labels }: Pick<Board, "labels">): string =>
  [...labels]
    .sort((one, other) => other.waiting - one.waiting)
    .map(({ label, waiting }) => t("topic", { label: label || t("noLabel"), n: waiting }))
    .join(" · ");

/** "Ann Lee, table 3": those who are here, by their names as printed; who is not printed is left out. */
export function placesOf({ here }: Pick<Board, "here">, day: Pick<EventDay, "surgeons"> | undefined): string[] {
  return here.flatMap(({ surgeon, place }) => {
    const name = day?.surgeons.find(({ id }) => id === surgeon)?.name;
    if (!name) return [];
    return place ? t("at", { name, place }) : name;
  });
}
