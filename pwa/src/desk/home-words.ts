import { speak } from "../lib/words";

export const t = speak("desk", {
  title: "Your desk",
  none: "You have no role at any event yet",
  noneHint: "Open the invitation link you were sent, or ask an organiser for one.",
  nothing: "Nothing waits for review",
  held: { one: "{n} waits for review", other: "{n} wait for review" },
  approved: { one: "{n} waits to leave with others", other: "{n} wait to leave with others" },
  offline: "Offline: the numbers come back with the connection.",
  draft: "Not published yet: only those who run it can see it",
  cancelled: "Cancelled",
  published: "Published",
  unpublished: "Not published: nobody sees it yet",
  reviews: "Review what was sent",
  answers: "Answer questions",
  people: "Set up: people, day, sessions",
  asOthers: "See the day as everybody does",
  profile: "Your surgeon profile",
  editProfile: "Edit your profile",
});
