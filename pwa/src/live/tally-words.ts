import { speak } from "../lib/words";

export const t = speak("live", {
  title: "What became of what was sent",
  shown: { one: "{n} question is shown.", other: "{n} questions are shown." },
  answered: { one: "{n} has an answer.", other: "{n} have an answer." },
  comments: { one: "{n} message is in the talk.", other: "{n} messages are in the talk." },
  few: "Fewer than {n}",
  between: "Between {least} and {most}",
  returned: "were sent back, to be changed.",
  hidden: "were not shown, or taken down.",
  merged: "were joined with another one that asks the same.",
  why: "These three are told in steps of five, so that they point at nobody.",
});
