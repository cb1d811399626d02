/** What is looked at on the phone before words leave it: loaded with the composer, needs no network. */
export { HelpCard } from "./help-card";
export { identify } from "./identify";
export { callsForHelp } from "./phrases";
export { TraceNotice } from "./trace-notice";
