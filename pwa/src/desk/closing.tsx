import { useState } from "preact/hooks";
import { Button, Notice, Status, TextBox } from "../lib/ui";
import type { EventDay } from "../lib/wire";
import { speak } from "../lib/words";
import { closeDay } from "./calls";
import { submits } from "./parts";
import { excuse, type StaffCopy } from "./reading";

const t = speak("desk-closing", {
  title: "Close the day",
  lead: "Once what you want answered is answered. This cannot be undone. If nobody closes it, it closes by itself 14 days after its end.",
  now: "At once",
  nothingNew: "Nothing new can be sent, voted for or reported. Whoever asked can still take their words back.",
  dropped: "Votes, reactions, reports and who took what are deleted. The numbers of votes stay on the page.",
  order: "All that was sent is put in random order, so that nothing tells what came first.",
  live: "Questions that were meant for the day only leave the public pages.",
  after: "{n} days later",
  purged: "Receipts, private notes and all that is not public are deleted for good.",
  stays: "What stays",
  stay: "Shown questions with their answers, the talk, and the list of who of you did what.",
  confirm: "To close it, type its name in the address: {slug}",
  wrong: "This is not “{slug}”. Nothing has changed.",
  close: "Close the day",
  done: "This day is closed",
  doneHint: "Nothing new can be sent. {n} days after closing, all that is not public is deleted for good.",
  offline: "That did not reach the server. The day is still open; please try again.",
});

/** Ends a day for good, told in plain words before it is done. */
export function Closing({ event, copy, keep }: { event: EventDay; copy: StaffCopy<EventDay>; keep: number }) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { slug } = event;
  if (event.closed)
    return (
      <div class="stack">
        <Notice kind="good" title={t("done")}>
          <p>{t("doneHint", { n: keep })}</p>
        </Notice>
      </div>
    );
  const close = async () => {
    if (busy) return;
    if (typed.trim() !== slug) return setError(t("wrong", { slug }));
    setError(null);
    setBusy(true);
    try {
      await closeDay(slug, typed.trim());
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
    await copy.again();
    setBusy(false);
  };
  return (
    <form class="card stack" onSubmit={submits(() => void close())} noValidate>
      <h2>{t("title")}</h2>
      <p>{t("lead")}</p>
      {(
        [
          ["now", ["nothingNew", "dropped", "order", "live"]],
          ["after", ["purged"]],
          ["stays", ["stay"]],
        ] as const
      ).map(([part, lines]) => (
        <div key={part}>
          <p>
            <Status>{part === "after" ? t("after", { n: keep }) : t(part)}</Status>
          </p>
          <ul class="bullets">
            {lines.map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </div>
      ))}
      <TextBox label={t("confirm", { slug })} value={typed} error={error} onInput={setTyped} />
      <Button type="submit" look="danger" busy={busy}>
        {t("close")}
      </Button>
    </form>
  );
}
