import { speak } from "../lib/words";

export const t = speak("questions", {
  similar: "Already asked here",
  similarHint: "If one is the same, “Me too” is enough.",
  sort: "Order",
  votes: "Most wanted",
  newest: "Newest",
  unanswered: "Not answered yet",
  none: "Nothing has been asked yet",
  noneHint: "Yours can be the first. Nobody sees a name.",
  noneUnanswered: "Everything here has an answer",
  meToo: "Me too",
  meTooCount: { one: "{n} person asks this", other: "{n} people ask this" },
  counted: "Counted.",
  takenBack: "Taken back.",
  voteWaits: "It is counted as soon as there is a connection.",
  voteRefused: "That could not be counted.",
  moreQuestions: "More questions",
  moreFailed: "They did not load. Please try again.",
  yours: "Yours: only you see this here",
  toMine: "My questions",
});
