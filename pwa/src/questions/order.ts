/** The order of the list. Votes move numbers, not places: nothing moves under somebody's eyes by itself. */
import type { Question } from "../lib/wire";
import type { Sort } from "./calls";

const byShown = (one: Question, other: Question) => other.shown - one.shown;
const byVotes = (one: Question, other: Question) => other.votes - one.votes || byShown(one, other);

/**
 * Ids in the order to show them. Ids of `before` keep their places among each other; new ones go where
 * the order would have them.
 */
export function ordered(questions: readonly Question[], sort: Sort, before: readonly string[]): string[] {
  const compare = sort === "newest" ? byShown : byVotes;
  const wanted = questions.filter(({ answers }) => sort !== "unanswered" || answers.length === 0);
  const byId = new Map(wanted.map((question) => [question.id, question]));
  const places = before.filter((id) => byId.has(id));
  const known = new Set(places);
  for (const question of wanted.filter(({ id }) => !known.has(id)).sort(compare)) {
    const at = places.findIndex((id) => compare(question, byId.get(id) ?? question) < 0);
    places.splice(at < 0 ? places.length : at, 0, question.id);
  }
  return places;
}
