/** The requests of whoever plans a day: files to bring in, a rehearsal, a day like it, what it came to. */
import { type Answered, API, reach, refusal } from "../../lib/http";
import type { components } from "../../lib/schema";
import type { EventDay } from "../../lib/wire";
import { deskPath } from "../calls";
import { call, withToken } from "../tokens";

type Named = components["schemas"];

export type Import = Named["Import"];
export type Report = Named["Report"];
export type Numbers = Named["ReportNumbers"];

export const reportPath = (event: string) => `${deskPath(event)}report/`;

const eventAt = (event: string) => `${API}/events/${encodeURIComponent(event)}/`;

/** Files anybody may print, by their addresses. */
export const paperOf = (event: string) => ({
  posterSvg: `${eventAt(event)}poster.svg`,
  posterPdf: `${eventAt(event)}poster.pdf`,
  cards: `${eventAt(event)}cards.pdf`,
});
export const cardOf = (session: string, ending: "svg" | "pdf") => `${API}/sessions/${session}/card.${ending}`;

/** What a schedule file changes in the day; with the `match` of that answer it does. A big one takes its time. */
export const importFile = (event: string, file: Blob, match?: string): Promise<Answered<Import>> =>
  call("POST", `${deskPath(event)}imports/?apply=${match !== undefined}`, {
    body: file,
    timeout: 120_000,
    ...(match !== undefined && { match }),
  });

/** A new draft like this day. `starts` is the date of its first session. */
export const cloneDay = async (
  event: string,
  body: { title: string; slug: string; starts: string },
): Promise<EventDay> => (await call<EventDay>("POST", `${eventAt(event)}clone/`, { body, timeout: 60_000 })).body;

/** Begins a rehearsal, or ends it and wipes what was sent in it. */
export async function rehearse(event: string, on: boolean): Promise<void> {
  await call("POST", `${deskPath(event)}rehearsal/`, { body: { on }, timeout: 60_000 });
}

const KINDS = { csv: "text/csv", md: "text/markdown" } as const;

/** The report as a file to keep. */
export const reportFile = (event: string, ending: keyof typeof KINDS): Promise<Blob> =>
  withToken(async (authorization) => {
    const asked = { authorization, accept: KINDS[ending] };
    const answer = await reach("GET", `${deskPath(event)}report.${ending}`, asked, AbortSignal.timeout(60_000));
    if (!answer.ok) throw await refusal(answer);
    return answer.blob();
  });
