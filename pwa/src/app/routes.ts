/** Every address of the app, and what it needs from the server (asked for while its code still loads). */
import type { ComponentType } from "preact";
import { match } from "../lib/router";
import { EVENTS, eventPath, surgeonPath } from "../programme/calls";

export type PageOf<Values> = ComponentType<Values>;

export interface Found {
  pattern: string;
  values: Record<string, string>;
  load: () => Promise<PageOf<Record<string, string>>>;
  needs: string[];
}

type Names<Pattern> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;
type Values<Pattern> = { [Name in Names<Pattern>]: string };
type Route = Omit<Found, "values" | "needs"> & { needs: (values: Record<string, string>) => string[] };

function route<Pattern extends string>(
  pattern: Pattern,
  load: () => Promise<PageOf<Values<Pattern>>>,
  needs: (values: Values<Pattern>) => string[] = () => [],
): Route {
  // The pattern's own type says which values there are; the table forgets it.
  return { pattern, load, needs } as unknown as Route;
}

const ROUTES: Route[] = [
  route(
    "/",
    async () => (await import("../programme/events-page")).EventsPage,
    () => [EVENTS],
  ),
  route(
    "/e/:event",
    async () => (await import("../programme/day-page")).DayPage,
    ({ event }) => [eventPath(event)],
  ),
  route(
    "/e/:event/programme",
    async () => (await import("../programme/programme-page")).ProgrammePage,
    ({ event }) => [eventPath(event)],
  ),
  route(
    "/e/:event/surgeons",
    async () => (await import("../programme/surgeons-page")).SurgeonsPage,
    ({ event }) => [eventPath(event)],
  ),
  route(
    "/e/:event/surgeons/:id",
    async () => (await import("../programme/surgeon-page")).SurgeonPage,
    ({ id }) => [surgeonPath(id)],
  ),
  route("/s/:code", async () => (await import("../live/session-page")).SessionPage),
  route("/s/:code/ask", async () => (await import("../questions/ask-page")).AskPage),
  route("/mine", async () => (await import("../questions/mine-page")).MinePage),
  route("/r", async () => (await import("../safety/receipt-page")).ReceiptPage),
  route("/help", async () => (await import("../programme/help-page")).HelpPage),
  route("/privacy", async () => (await import("./privacy-page")).PrivacyPage),
  route("/settings", async () => (await import("./settings-page")).SettingsPage),
  route("/sign-in", async () => (await import("../desk/sign-in-page")).SignInPage),
  route("/invite", async () => (await import("../desk/invite-page")).InvitePage),
  route("/desk", async () => (await import("../desk/desk-page")).DeskPage),
  route("/desk/:event/reviews", async () => (await import("../desk/reviews-page")).ReviewsPage),
  route("/desk/:event/answers", async () => (await import("../desk/answers-page")).AnswersPage),
  route("/desk/:event/people", async () => (await import("../desk/people-page")).PeoplePage),
];

const HIDDEN = route("/mine", async () => (await import("./hidden-page")).HiddenPage);
const LOST = route("", async () => (await import("./lost-page")).LostPage);

/** The page at an address; `mineHidden` puts "My questions" out of sight (after "Leave quickly"). */
export function find(path: string, mineHidden: boolean): Found {
  for (const route of ROUTES) {
    const values = match(route.pattern, path);
    if (values) return found(mineHidden && /^\/(mine|r)$/.test(path) ? HIDDEN : route, values);
  }
  return found(LOST, {});
}

function found(route: Route, values: Record<string, string>): Found {
  return { pattern: route.pattern, load: route.load, values, needs: route.needs(values) };
}
