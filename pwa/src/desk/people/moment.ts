import { clock, shortDay } from "../../lib/time";

/** "Sat 22 Nov 18:00" */
export const timeOf = (moment: string, zone: string) => `${shortDay(moment, zone)} ${clock(moment, zone)}`;
