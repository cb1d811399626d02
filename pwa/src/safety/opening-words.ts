import { speak } from "../lib/words";

export const t = speak("safety", {
  working: "One moment…",
  openTitle: "The words of your receipt",
  openHint: "Eight words, in their order. Four letters of each are enough.",
  openDay: "Which day was it?",
  open: "Open",
  openCount: { one: "That is {n} word. It takes eight.", other: "That is {n} words. It takes eight." },
  openUnknown: "We do not know the word “{word}”. Please check it.",
  openChecksum: "These words do not belong together. One may be wrong, or the order.",
  openNone: "We found nothing for these words. Check the words and the day.",
  openOffline: "There is no connection just now. Your words stay here; try again later.",
  openDone: "Opened. It is now kept on this phone.",
  openEmpty: "Open the day on this phone first. Then what you sent there can be opened here.",

  receiptTitle: "Open a receipt",
  receiptBad: "This link does not hold a receipt",
  receiptBadHint: "It may have been cut short. The eight words work too, under My questions.",
  receiptGone: "There is nothing for this receipt",
  receiptGoneHint: "It may have been withdrawn, or the day has been closed.",
  receiptOffline: "No connection just now",
  receiptOfflineHint: "The receipt stays on this page. Try again when you are back online.",
  receiptOpened: "What you sent is on this phone now",
  receiptNoSecrets: "This address is not secure enough for receipts. Please open the app by its https address.",
  again: "Try again",
  mine: "My questions",
});
