import { useState } from "preact/hooks";
import { NoAnswer, Problem } from "../lib/http";
import { Button } from "../lib/ui";
import { fetchNotes, showNote } from "./calls";
import { openingOf, openNote } from "./hpke";
import { derive } from "./profile";
import { learn, type Receipt } from "./receipts";
import { t } from "./show-lead-words";

/** Asks before a private reply is shown to the safety lead, and says what is handed over. */
export function ShowLead({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    const problem = await showReply(receipt);
    setBusy(false);
    setSaid(problem ?? "");
    if (problem === null) onDone();
  };
  return (
    <div class="notice warn" role="alert">
      <p class="notice-title">{t("sure")}</p>
      <p>{t("what")}</p>
      <p>{t("whatNot")}</p>
      {said && <p>{said}</p>}
      <p class="row">
        <Button busy={busy} onClick={() => void show()}>
          {t("yes")}
        </Button>
        <Button onClick={onDone}>{t("no")}</Button>
      </p>
    </div>
  );
}

/**
 * Opens the one note in the receipt's box to the safety lead. Answers what is wrong, in words, or null once it is shown.
 * Nothing is sent where another note lies there by now: only what was read here is shown.
 */
export async function showReply(receipt: Receipt): Promise<string | null> {
  const { secret, box, session, reply, id } = receipt;
  try {
    const note = (await fetchNotes(session.id)).notes.find((one) => one.box === box);
    const text = note && (await openNote(secret, note));
    const opening = note && (await openingOf(secret, note));
    if (!opening || !text || (JSON.parse(text) as { note?: string }).note !== reply) return t("gone");
    await showNote(opening, (await derive(secret)).auth);
    await learn(id, { told: reply });
    return null;
  } catch (reason) {
    if (reason instanceof NoAnswer) return t("offline");
    if (reason instanceof Problem) return reason.message;
    throw reason;
  }
}
