/** Every address of the app, and what it needs from the server (asked for while its code still loads). */
import type { ComponentType } from "preact";
import { match } from "../lib/router";
import { EVENTS, eventPath, surgeonPath } from "../programme/calls";
import type { PAGES } from "./desk-pages";

type View = ComponentType<Record<string, string>>;

export interface Found {
  pattern: string;
  values: Record<string, string>;
  load: () => Promise<View>;
  needs: string[];
}

type Names<Pattern> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;
type Values<Pattern> = { [Name in Names<Pattern>]: string };
interface Route {
  pattern: string;
  load: (values: Record<string, string>) => Promise<View>;
  needs: (values: Record<string, string>) => string[];
}

/** A pattern, its lazily loaded module and the page's name in it: the compiler checks that all three fit. */
function route<Pattern extends string, Name extends string>(
  pattern: Pattern,
  module: () => Promise<Record<Name, ComponentType<Values<Pattern>>>>,
  name: Name,
  needs: (values: Values<Pattern>) => string[] = () => [],
): Route {
  // The pattern's own type says which values there are; the table forgets it.
  return { pattern, load: () => module().then((all) => all[name]), needs } as unknown as Route;
}

const home = () => import("../programme/home");
const wall = () => import("../boards/pages");
const browse = () => import("../programme/browse");

async function desk<Name extends keyof typeof PAGES>(name: Name): Promise<Awaited<ReturnType<(typeof PAGES)[Name]>>> {
  const all = (await import("./desk-pages")).PAGES;
  return (await all[name]()) as Awaited<ReturnType<(typeof PAGES)[Name]>>;
}

const ROUTES: Route[] = [
  route("/", home, "EventsPage", () => [EVENTS]),
  route("/e/:event", home, "DayPage", ({ event }) => [eventPath(event)]),
  route("/e/:event/programme", browse, "ProgrammePage", ({ event }) => [eventPath(event)]),
  route("/e/:event/surgeons", browse, "SurgeonsPage", ({ event }) => [eventPath(event)]),
  route("/e/:event/surgeons/:id", browse, "SurgeonPage", ({ id }) => [surgeonPath(id)]),
  route("/e/:event/wall", wall, "EventWallPage"),
  route("/s/:code/wall", wall, "WallPage"),
  route("/s/:code", () => import("../live/session-page"), "SessionPage"),
  route("/s/:code/ask", () => import("../questions/ask-page"), "AskPage"),
  route("/s/:code/place", () => import("../live/place-page"), "PlacePage"),
  route("/mine", () => import("./mine-page"), "MinePage"),
  route("/r", () => import("../safety/receipt-page"), "ReceiptPage"),
  route("/help", home, "HelpPage"),
  route("/privacy", () => import("./privacy-page"), "PrivacyPage"),
  route("/settings", () => import("./settings-page"), "SettingsPage"),
  route("/sign-in", () => desk("signIn"), "SignInPage"),
  route("/invite", () => desk("invite"), "InvitePage"),
  route("/desk", () => desk("desk"), "DeskPage"),
  {
    pattern: "/desk/:event/:tool",
    load: async ({ tool }) => (await import("./desk-pages")).toolOf(tool as string) as Promise<View>,
    needs: () => [],
  },
];

const HIDDEN = route("/mine", () => import("./hidden-page"), "HiddenPage");
const LOST = route("", () => import("./lost-page"), "LostPage");

/** The page at an address; `mineHidden` puts "My questions" out of sight (after "Leave quickly"). */
export function find(path: string, mineHidden: boolean): Found {
  for (const route of ROUTES) {
    const values = match(route.pattern, path);
    if (values) return found(mineHidden && /^\/(mine|r)$/.test(path) ? HIDDEN : route, values);
  }
  return found(LOST, {});
}

function found(route: Route, values: Record<string, string>): Found {
  return { pattern: route.pattern, load: () => route.load(values), values, needs: route.needs(values) };
}
