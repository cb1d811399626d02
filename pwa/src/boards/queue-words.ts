import { speak } from "../lib/words";

export const t = speak("boards-queue", {
  title: "Whose turn it is",
  called: "Called now",
  none: "Nobody is called just now",
  waitAbout: { one: "{n} waits: about {wait} minutes", other: "{n} wait: about {wait} minutes" },
  waitUnknown: { one: "{n} waits. Nobody can say yet how long.", other: "{n} wait. Nobody can say yet how long." },
  reckoned:
    "How long? About {minutes} minutes for each who waits, shared among the surgeons who see people here. Worked out twice a minute.",
  topics: "They wait for",
  topic: "{label} {n}",
  noLabel: "anything",
  nobody: "Nobody waits: come in",
  full: "Full: please ask at the door",
  missing: "Somebody waits for help with {label}, and nobody here offers it.",
  here: "Surgeons here",
  hereNone: "No surgeon is here yet.",
  at: "{name}, {place}",
  empty: "No surgery has a line just now",
  emptyHint: "Numbers appear here by themselves once somebody waits.",
});

export const WHO = "those who run the day";
