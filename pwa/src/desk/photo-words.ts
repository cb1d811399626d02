import { speak } from "../lib/words";

export const t = speak("desk-photo", {
  title: "Your photo",
  none: "There is no photo: people see the first letters of your name.",
  there: "This is your photo.",
  kept: "A photo is kept. It is seen once your profile is published and you show your photo to everybody, below.",
  choose: "Choose a photo",
  chooseAnother: "Choose another photo",
  hint: "A square is cut from its middle. Where and when it was taken is not kept. At most 8 MB.",
  chosen: "The photo you chose",
  use: "Use this photo",
  drop: "Not this one",
  remove: "Remove the photo",
  removeSure: "Remove your photo for everybody?",
  removeYes: "Yes, remove it",
  removeNo: "No, keep it",
  used: "Your photo is kept.",
  removed: "Your photo is gone.",
  big: "This photo is bigger than 8 MB. Please choose a smaller one.",
  wrong: "This is not a photo we can read. Please choose a JPEG, PNG or WebP.",
  offline: "That did not reach the server. Nothing was changed; please try again.",
});
