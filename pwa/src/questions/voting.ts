/** Casts votes by a tag only this phone can make. */
import { put, take } from "../lib/store";
import type { Question } from "../lib/wire";
import { enqueue } from "../safety/outbox";
import { newTagKey, tagFor } from "../safety/profile";
import { votePath } from "./calls";
import { outboxKey } from "./votes";

/** Votes (`on`) or takes the vote back, as soon as there is a network. */
export async function cast(question: Question, event: string, on: boolean): Promise<void> {
  const tag = await tagFor(await tagKey(event), "vote", question.id);
  const path = votePath(question.session, question.id, tag);
  const common = { key: outboxKey(question.id), lane: "votes", path } as const;
  const proof = { act: "vote", session: question.session, tag } as const;
  await enqueue(on ? { ...common, method: "PUT", body: {}, proof } : { ...common, method: "DELETE", body: null, proof: null });
}

const tagKeys = new Map<string, Promise<string>>();

/** One key an event, made once even if two presses come together. */
function tagKey(event: string): Promise<string> {
  const key = tagKeys.get(event) ?? keptTagKey(event);
  tagKeys.set(event, key);
  return key;
}

async function keptTagKey(event: string): Promise<string> {
  const kept = await take<string>("keys", `tags:${event}`);
  if (kept) return kept;
  const made = newTagKey();
  await put("keys", `tags:${event}`, made);
  return made;
}
