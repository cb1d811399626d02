import { speak } from "../lib/words";

export const t = speak("app", {
  name: "Equal Terms",
  skip: "Skip to the content",
  help: "Help now",
  leave: "Leave quickly",
  leaveHint: "Or press Shift three times.",
  menu: "Main",
  more: "About this app",
  events: "Events",
  day: "Day",
  programme: "Programme",
  surgeons: "Surgeons",
  mine: "My questions",
  privacy: "How private is this?",
  settings: "Settings",
  signIn: "For those who run the day",
  opening: "Opening…",
  failedTitle: "This page did not load",
  failedBody: "The network may be weak. What you wrote is safe on your phone.",
  again: "Try again",
});
