import { speak } from "../lib/words";

export const t = speak("safety", {
  sure: "Show this reply to the safety lead?",
  what: "They read this reply and, where it is known, who wrote it. They see which question it belongs to.",
  whatNot: "They do not see who you are. It cannot be taken back.",
  yes: "Yes, show it",
  no: "No, leave it",
  gone: "This reply has been replaced or taken away since, so there is nothing to show. Nothing was sent.",
  offline: "There is no connection just now. Nothing was sent. Please try again later.",
});
