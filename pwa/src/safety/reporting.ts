/** Sends reports by a tag only this phone can make: one a subject, undoable, also with no signal. */
import { API } from "../lib/http";
import { enqueue, takeBack } from "./outbox";
import { tagFor } from "./profile";
import { loadReports, mark, type ReportReason, reportKey, type Subject, tellUncounted } from "./reports";
import { tagKey } from "./tags";

/** Reports it as soon as there is a network. */
export async function report(subject: Subject, reason: ReportReason): Promise<void> {
  await loadReports();
  tellUncounted(subject.id, null);
  await mark(subject.id, reason);
  const { tag, item } = await about(subject);
  const proof = { act: "report", session: subject.session, tag } as const;
  await enqueue({ ...item, method: "PUT", body: { reason }, proof });
}

/** Takes it back: from the outbox if it never left, else from the server too. */
export async function unreport(subject: Subject): Promise<void> {
  await mark(subject.id, null);
  const waited = await takeBack(reportKey(subject.id));
  if (waited?.tries === 0) return;
  const { item } = await about(subject);
  await enqueue({ ...item, method: "DELETE", body: null, proof: null });
}

async function about({ kind, id, session, event }: Subject) {
  const tag = await tagFor(await tagKey(event), "report", id);
  const path = `${API}/sessions/${session}/${kind}s/${id}/reports/${tag}/`;
  return { tag, item: { key: reportKey(id), lane: "votes", path } as const };
}
