import { speak } from "./words";

export const t = speak("lib", {
  today: "Today",
  tomorrow: "Tomorrow",
  span: "{starts} to {ends}",
  spanBoth: "{there}, {city} time ({own} where you are)",
  loading: "Loading…",
  tryAgain: "Try again",
  offlineTitle: "No connection just now",
  offlineBody:
    "This page has not been opened on this phone yet, so there is nothing kept to show. It will load when you are back online.",
  troubleTitle: "Something went wrong on our side",
  goneTitle: "This is no longer here",
  goneBody: "It may have been withdrawn or moved. Nothing you wrote is lost.",
  showingOld: "Offline, showing {time}",
  optional: "optional",
  left: { one: "{n} character left", other: "{n} characters left" },
  tooLong: { one: "{n} character too many", other: "{n} characters too many" },
});
