/** What stands on a moderator's bench. */
import type { BenchReview } from "@src/desk/bench-calls";

export const aReview = (id: string, some: Partial<BenchReview> = {}): BenchReview => ({
  id,
  kind: "question",
  subject: `q${id}`,
  text: `Question ${id}`,
  warning: "",
  audience: "everyone",
  session: { id: "s1", code: "x7k2", title: "Blogs" },
  state: "held",
  reason: "",
  care: false,
  owner: null,
  reports: [],
  folded: false,
  kept: false,
  into: null,
  merged: 0,
  votes: 0,
  opened: null,
  ...some,
});
