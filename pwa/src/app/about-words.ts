import { speak } from "../lib/words";

/** Read by a test for its reading age: short words, short sentences. */
export const ABOUT = {
  title: "How private is this?",
  not: "What we do not keep",
  who: "We do not record who you are. There is no account, no cookie and no name. We do not keep your phone’s address or the exact time.",
  ask: "Each question stands alone. Nothing we keep joins two questions from one phone.",
  mixed:
    "On most days, questions are shown in small groups and in mixed order. So the time of showing does not give you away.",
  keep: "What we keep",
  words: "We keep your words, and the quarter of an hour in which they were shown.",
  receipt:
    "Your phone makes a secret for each question. Only with it can the question be found, changed or taken back. Look after it. We cannot make it again.",
  back: "What you take back is deleted at once. So are your old words when you change them. A locked copy, kept for repairs, can hold them for a week. If we have to use it, words that you changed may come back as they were. Some weeks after the day, we delete all that was not public.",
  limits: "What we cannot promise",
  read: "On most days, a moderator reads your question first. It may be somebody you know. On some days it is shown first, and a moderator looks later.",
  venue: "The Wi-Fi you use can see that you opened this app. It cannot see what you read or write.",
  style:
    "The way you write, or a thing only you know, can tell people who you are. In a small group, people may guess.",
  screen:
    "Somebody may see your screen. “Leave quickly” hides it at once. “Forget this phone” removes what the app kept here.",
  danger: "We cannot find you and cannot send help. In danger, call 999.",
  people: "What needs people",
  lists:
    "People chose the help lines, and the words that bring them up. They can be wrong or miss something. The people who run the day must check them, and must plan how to keep everybody safe.",
  forget: "Forget this phone, in Settings",
};

export const t = speak("about", ABOUT);
