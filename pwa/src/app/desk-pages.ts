/** Where the desk's pages are: a table that only those who sign in load. */
import type { ComponentType } from "preact";

export const PAGES = {
  signIn: () => import("../desk/sign-in-page"),
  invite: () => import("../desk/invite-page"),
  desk: () => import("../desk/desk-page"),
};

/** The tools of an event's desk, by their name in the address. */
const TOOLS: Record<string, (() => Promise<ComponentType<{ event: string }>>) | undefined> = {
  reviews: async () => (await import("../desk/reviews-page")).ReviewsPage,
  table: async () => (await import("../desk/table/table-page")).TablePage,
  door: async () => (await import("../desk/door/door-page")).DoorPage,
  board: async () => (await import("../boards/queue-board")).BoardPage,
  answers: async () => (await import("../desk/answers-page")).AnswersPage,
  people: async () => (await import("../desk/people-page")).PeoplePage,
  report: async () => (await import("../desk/organising/report-page")).ReportPage,
  acts: async () => (await import("../desk/acts-page")).ActsPage,
  kindness: async () => (await import("../desk/kindness-page")).KindnessPage,
};

/** The page of one tool; that of a lost address where there is none. */
export const toolOf = async (name: string): Promise<ComponentType<{ event: string }>> =>
  (await TOOLS[name]?.()) ?? (await import("./lost-page")).LostPage;
