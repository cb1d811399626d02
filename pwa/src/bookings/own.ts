/** The places held from this phone, and what is known of their lines. */
import { signal } from "@preact/signals";
import { settings } from "../lib/settings";
import type { QueueLine } from "../lib/wire";
import { receipts } from "../safety/kept";
import { everyReceipt, learn, type PlaceReceipt, type PlaceStanding, type Receipt } from "../safety/receipts";

/** How full each session is and who is called there, by what this phone last read. */
export const lines = signal<ReadonlyMap<string, QueueLine>>(new Map());

// A receipt's kind says which of its two forms it has.
const places = (all: readonly Receipt[]): readonly PlaceReceipt[] =>
  all.filter(({ secret }) => secret.kind === "booking") as unknown as PlaceReceipt[];

/** Every place of this phone. "Leave quickly" puts them out of sight with My questions. */
export const ownPlaces = (): readonly PlaceReceipt[] => (settings.value.mineHidden ? [] : places(receipts.value));

const OPEN: readonly PlaceStanding[] = ["waiting", "listed", "held", "here", "called"];
export const isOpen = ({ standing }: PlaceReceipt): boolean => OPEN.includes(standing);

/** The place this phone has at a session, not one that is over or was given back. */
export const placeAt = (session: string): PlaceReceipt | undefined =>
  ownPlaces().find((one) => one.session.id === session && isOpen(one));

/** Takes in what everybody can read, and sees from the called numbers whether one of them is ours. */
export async function hearLines(news: readonly QueueLine[]): Promise<void> {
  lines.value = new Map([...lines.peek(), ...news.map((line) => [line.session, line] as const)]);
  for (const receipt of places(await everyReceipt())) {
    const { id, ticket, standing, session } = receipt;
    const called = news.find((line) => line.session === session.id)?.called.find((one) => one.ticket === ticket);
    if (called && isOpen(receipt) && standing !== "called") await learn(id, { standing: "called", note: called.place });
  }
}
