import { speak } from "../lib/words";

export const t = speak("safety", {
  report: "Report",
  reportQuestion: "Report this question",
  reportComment: "Report what {name} said",
  youReported: "You reported this",
  reported: "Some people asked us to look at this.",
  showIt: "Show it",
  warningOn: "Content warning: {warning}",
});
