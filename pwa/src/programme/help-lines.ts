/** Whom one can turn to: the event's own help lines, or the ones known to be free across the UK. */
import type { HelpLine } from "../lib/wire";
import { dayHere } from "./here";

export const UK_HELP_LINES: HelpLine[] = [
  {
    name: "NHS 111, option 2",
    note: "Urgent mental health help, day and night",
    tel: "111",
    sms: "",
    url: "https://111.nhs.uk/",
  },
  {
    name: "Samaritans",
    note: "To talk to somebody who listens, day and night, free",
    tel: "116 123",
    sms: "",
    url: "https://www.samaritans.org/",
  },
  {
    name: "Shout",
    note: "Text the word SHOUT, day and night, free",
    tel: "",
    sms: "85258",
    url: "https://giveusashout.org/",
  },
  {
    name: "Papyrus HOPELINE247",
    note: "For people under 35 with thoughts of suicide, and those worried about them",
    tel: "0800 068 4141",
    sms: "",
    url: "https://www.papyrus-uk.org/",
  },
  {
    name: "Childline",
    note: "For anyone under 19, free",
    tel: "0800 1111",
    sms: "",
    url: "https://www.childline.org.uk/",
  },
];

/** The help lines of the event at hand; they come with the kept day, so they need no network. */
export function helpLines(): { lines: HelpLine[]; reviewed: string | null } {
  const day = dayHere();
  if (day?.help_lines.length) return { lines: day.help_lines, reviewed: day.help_reviewed };
  return { lines: UK_HELP_LINES, reviewed: null };
}

/** "116 123" → "116123": what a phone dials. */
export const dialled = (number: string) => number.replace(/[^\d+*#]/g, "");
