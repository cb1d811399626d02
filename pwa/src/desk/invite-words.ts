import { speak } from "../lib/words";

export const t = speak("desk", {
  title: "You are invited: {event}",
  lead: "{name}, you are asked to join as",
  organiser: "organiser",
  moderator: "moderator",
  surgeon: "surgeon",
  door: "help at the door",
  organiserDoes: "Organisers set up the day, invite people and can do everything moderators do.",
  moderatorDoes: "Moderators read what is sent before others see it.",
  surgeonDoes:
    "Surgeons help people and answer questions under their own name. Your profile stays hidden until you publish it.",
  doorDoes: "Those at the door welcome people and know who is coming.",
  email: "Your e-mail",
  emailHint:
    "You sign in with it. Nobody at the day sees it. If you have an account already, use that e-mail and its password.",
  name: "Your name",
  nameHint: "As others at the day may read it.",
  password: "Password",
  passwordHint:
    "At least 10 characters, not only digits, and not one that is easy to guess. Three or four unrelated words are good.",
  stay: "Keep me signed in on this phone",
  stayHint: "Only on a phone that is yours. Otherwise you are signed out when this page closes.",
  accept: "Join and sign in",
  offline: "There is no connection just now. Nothing you typed is lost; please try again.",
  offlineTitle: "The invitation could not be checked",
  overTitle: "This invitation is over",
  overHint: "It has been used or is too old. Please ask for a new one.",
  noneTitle: "There is no invitation here",
  noneHint: "Please open the whole link you were sent. It works once and for a week.",
  again: "Try again",
  toSignIn: "Sign in instead",
});
