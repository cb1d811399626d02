import type { QueueLine } from "@src/lib/wire";
import { newSecret } from "@src/safety/profile";
import type { PlaceReceipt } from "@src/safety/receipts";
import { EVENT, SESSION } from "../questions/makers";

export const aPlace = (some: Partial<PlaceReceipt> = {}): PlaceReceipt => ({
  id: "8c1a9d52-4e0b-8f6a-9b1e-2d3c4b5a6978",
  secret: newSecret(EVENT, "booking"),
  box: "b",
  session: { id: SESSION, code: "x7k2", title: "Blogs and privacy" },
  text: "",
  warning: "",
  audience: "everyone",
  recap: false,
  standing: "held",
  reason: "",
  note: "",
  reply: "",
  refusal: "",
  ticket: 412,
  labels: [],
  remote: false,
  ...some,
});

export const oneLine = (some: Partial<QueueLine> = {}): QueueLine => ({
  session: SESSION,
  seats: "free",
  waiting: 0,
  wait: null,
  missing: [],
  called: [],
  ...some,
});
