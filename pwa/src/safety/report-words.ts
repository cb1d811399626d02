import { speak } from "../lib/words";

export const t = speak("safety", {
  reportWhy: "What is the matter with it?",
  unkind: "It is unkind",
  "names-somebody": "It names somebody",
  worried: "I am worried about them",
  advert: "It is an advert",
  other: "Something else",
  reportHint: "One tap sends it, without a name. You can take it back.",
  reportSending: "Sending…",
  reportWaits: "It is safe on your phone and goes by itself as soon as there is a connection.",
  reportDone: "It is sent.",
  reportSent: "Thank you. A moderator will look at it.",
  reportStands: "A moderator has looked at this already and let it stand. Thank you all the same.",
  reportGone: "It is not shown here any more.",
  reportRefused: "That could not be sent.",
  reportTakeBack: "Take it back",
  reportTaken: "Taken back.",
  worriedTitle: "Thank you for looking out for them",
  worriedLead:
    "A moderator will look soon. We do not know who wrote it, so we cannot send anybody. If you know them and they are in danger, call 999.",
  worriedFoot: "These people listen to you too, if this weighs on you.",
});
