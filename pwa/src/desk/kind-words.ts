/** Words to begin a kind answer with: short, warm, no promise that anybody comes. Whoever sends them changes them. */
import { speak } from "../lib/words";

const t = speak("desk-kind", {
  noteHard:
    "I have read this and I am sorry it is so hard just now. You are no bother. We cannot see who you are and cannot come to you. The people under Help now listen, day and night, and need no name. In danger, call 999.",
  noteHere:
    "Thank you for telling us. What you feel matters here. Is there somebody near you whom you could tell today? There are people under Help now as well. You can write to us again at any time.",
  answerHeard:
    "Thank you for asking this. Others here have felt like it too, and you are no bother. If you would like to talk, come to any table: nobody asks for your name. The people under Help now listen, day and night.",
  answerHard:
    "That sounds very hard, and I am glad that you wrote it. You do not have to sort it all out today. One small step is enough: tell one person how it is. That can be one of us, or somebody under Help now. In danger, call 999.",
});

/** For notes that only the writer reads. At most 400 letters each. */
export const kindNotes = (): string[] => [t("noteHard"), t("noteHere")];

/** For answers that everybody reads. */
export const kindAnswers = (): string[] => [t("answerHeard"), t("answerHard")];
