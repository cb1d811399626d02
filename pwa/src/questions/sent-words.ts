import { speak } from "../lib/words";

export const t = speak("questions", {
  toSession: "Back to the session",
  refused: "It was not sent. Your words are below.",
  sentTitle: "Thank you for asking",
  onItsWay: "Sending…",
  notYet: "That didn't send yet. It is safe on your phone.",
  notYetHint: "It goes by itself as soon as there is a connection. You can close this page.",
  paused: "The moderators have paused questions. Yours is safe on this phone and goes by itself.",
  sent: "Sent. Somebody reads it before others do.",
  sentAfter: "Sent. It is shown soon.",
  sentShown: "Sent, and everyone can see it now.",
  another: "Ask something else",
  compose: "Change it and send again",
});
