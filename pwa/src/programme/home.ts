/** The pages somebody meets first; they load together. */
export { DayPage } from "./day-page";
export { EventsPage } from "./events-page";
export { HelpPage } from "./help-page";
