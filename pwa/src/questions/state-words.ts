import { speak } from "../lib/words";

export const t = speak("questions", {
  onItsWay: "Sending…",
  noText: "The words of this one are not on this phone.",
  waiting: "Waiting on this phone",
  refusedState: "Not sent",
  held: "Waiting for review",
  shown: "Shown",
  answered: "Answered",
  returned: "Sent back to you",
  hidden: "Not shown",
  merged: "Joined with another",
  withdrawn: "Withdrawn",
  answer: "Answer from {name}",
  spoken: "Answered aloud in the room",
  edited: "changed later",
});
