import { speak } from "../lib/words";

export const t = speak("about", {
  title: "How private is this?",
  who: "We do not record who you are: no account, no cookie, no address of your phone, no exact time.",
  ask: "Each question stands alone. Nothing in our records joins two questions of one phone.",
  times: "The times we keep are rounded to a quarter of an hour.",
  receipt:
    "Your phone makes a secret for each question. Only with it can the question be found, changed or withdrawn, so look after it: we cannot replace it.",
  read: "Whoever approves questions sees yours before the others do.",
  kept: "What you withdraw is deleted. After the event everything kept for it is purged.",
  venue:
    "The network you use, for example the venue’s Wi-Fi, sees that you visited this app, but not what you read or write.",
  style: "The way you write, or a detail only you know, can tell people who you are.",
  screen:
    "Somebody may see your screen. “Leave quickly” hides it at once, “Forget this phone” removes what the app kept here.",
  danger: "We cannot find you and cannot send help. In danger, call 999.",
  forget: "Forget this phone, in Settings",
});
