/** Coming to one comment by its address: #c-{id}. */
import { useEffect, useState } from "preact/hooks";
import { NoAnswer, Problem } from "../lib/http";
import { place } from "../lib/router";
import type { Comment } from "../lib/wire";
import { everyReceipt } from "../safety/receipts";
import { fetchComment } from "./calls";

const PREFIX = "c-";
export const anchorOf = (id: string) => PREFIX + id;

/** "": nobody came for one, or it is here · looking · gone: it is not shown (any more) · offline */
export type Search = "" | "looking" | "gone" | "offline";

/** Goes to the comment of this address, and fetches it with what it replies to where it is not loaded. */
export function usePermalink(
  session: string,
  known: ReadonlyMap<string, Comment>,
  add: (some: Comment[]) => void,
): Search {
  const [search, setSearch] = useState<Search>("");
  const hash = place.value.hash;
  const id = /^c-[0-9a-f-]{36}$/.test(hash) ? hash.slice(PREFIX.length) : "";
  const here = known.has(id);
  useEffect(() => {
    setSearch("");
    if (id && here) show(id);
    else if (id) {
      setSearch("looking");
      void withParents(session, id, known).then((found) => (typeof found === "string" ? setSearch(found) : add(found)));
    }
  }, [session, id, here]);
  return search;
}

function show(id: string): void {
  const comment = document.getElementById(anchorOf(id));
  comment?.scrollIntoView({ block: "center" });
  comment?.querySelector<HTMLElement>("article")?.focus({ preventScroll: true });
}

async function withParents(
  session: string,
  id: string,
  known: ReadonlyMap<string, Comment>,
): Promise<Comment[] | "gone" | "offline"> {
  // Its own, not shown: asking for it would tell whose it is.
  if ((await everyReceipt()).some((receipt) => receipt.id === id && receipt.standing !== "shown")) return "gone";
  const found: Comment[] = [];
  try {
    for (let next: string | null = id; next && !known.has(next); next = found.at(-1)?.parent ?? null) {
      found.push(await fetchComment(session, next));
    }
  } catch (reason) {
    if (reason instanceof NoAnswer) return "offline";
    if (!(reason instanceof Problem)) throw reason;
  }
  return found.length > 0 ? found : "gone";
}
