import { speak } from "../lib/words";

export const t = speak("late", {
  shift: { one: "Shift, press {n} more time to leave.", other: "Shift, press {n} more times to leave." },
  newVersion: "A new version is ready.",
  newVersionHint: "What you are typing is kept.",
  reload: "Use the new version",
  later: "Later",
});
