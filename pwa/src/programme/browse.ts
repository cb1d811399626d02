/** The pages for looking around; they load together. */
export { ProgrammePage } from "./programme-page";
export { SurgeonPage } from "./surgeon-page";
export { SurgeonsPage } from "./surgeons-page";
