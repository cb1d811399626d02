import { useState } from "preact/hooks";
import { Problem } from "../lib/http";
import { clock, dayWord } from "../lib/time";
import { Button, Empty, Notice, Title } from "../lib/ui";
import type { Desk, Page } from "../lib/wire";
import { did, t } from "./acts-words";
import { type ActLine, actsPath, undo } from "./bench-calls";
import { deskPath, fetchPage } from "./calls";
import { StaffReading } from "./parts";
import { joined, REASONS } from "./queue";
import { excuse, useStaff } from "./reading";
import { t as review } from "./reviews-words";
import { forgetToUndo } from "./undoing";
import { WHO } from "./words";

const EVERY = 10_000;

/** Who of the staff did what, the newest quarter of an hour first. */
export function Acts({ event }: { event: string }) {
  const copy = useStaff<Page<ActLine>>(actsPath(event), EVERY);
  const zone = useStaff<Desk>(deskPath(event)).value?.event.timezone ?? "UTC";
  const [further, setFurther] = useState<{ lines: readonly ActLine[]; next?: string | null }>({ lines: [] });
  const [said, setSaid] = useState({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  const next = further.next === undefined ? copy.value?.next : further.next;
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch (reason) {
      const late = reason instanceof Problem && reason.code === "too-late-to-undo";
      setSaid({ text: late ? t("tooLate") : excuse(reason, t("offline")), bad: true });
      await copy.again();
    }
    setBusy(false);
  };
  const putBack = (line: ActLine) =>
    run(async () => {
      await undo(line.id);
      forgetToUndo(line.id);
      setSaid({ text: t("undone"), bad: false });
      await copy.again();
    });
  const load = (address: string) =>
    run(async () => {
      const page = await fetchPage<ActLine>(address);
      setFurther({ lines: [...further.lines, ...page.results], next: page.next });
    });
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      <p class="small">{t("lead")}</p>
      {said.text && <Notice kind={said.bad ? "wrong" : "good"}>{said.text}</Notice>}
      <StaffReading copy={copy} who={WHO.reviews}>
        {({ results }) => (
          <>
            {results.length === 0 && <Empty title={t("none")} />}
            {bySlot(joined(results, further.lines)).map(([slot, lines]) => (
              <section key={slot} aria-label={slotOf(slot, zone)}>
                <h2 class="small">{slotOf(slot, zone)}</h2>
                <ul class="own-lines">
                  {lines.map((line) => (
                    <li key={line.id} class="row between">
                      <Line line={line} />
                      {line.undoable && (
                        <Button
                          busy={busy}
                          label={t("undoOf", { line: sentenceOf(line) })}
                          onClick={() => void putBack(line)}
                        >
                          {t("undo")}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            {next && (
              <Button busy={busy} onClick={() => void load(next)}>
                {t("more")}
              </Button>
            )}
          </>
        )}
      </StaffReading>
    </div>
  );
}

function Line({ line }: { line: ActLine }) {
  const { session, reason } = line;
  return (
    <div class="act-line">
      <p dir="auto">{sentenceOf(line)}</p>
      <p class="small muted" dir="auto">
        {session && <a href={`/s/${session.code}`}>{session.title}</a>}
        {session && reason && " · "}
        {reason && t("because", { reason: reasonOf(reason) })}
      </p>
    </div>
  );
}

const slotOf = (slot: string, zone: string) =>
  t("slot", { day: dayWord(slot, zone, Date.now()), time: clock(slot, zone) });

/** "Sam returned a question". An act without a sentence of its own is named as the server names it. */
export function sentenceOf({ by, act, kind }: Pick<ActLine, "by" | "act" | "kind">): string {
  const what = kind === "question" || kind === "comment" ? t(kind) : kind;
  const name = by || t("gone");
  const said = did(act as "show", { what });
  return said === act ? t("byPlain", { name, did: act.replaceAll("-", " ") }) : t("by", { name, did: said });
}

const reasonOf = (reason: string) => {
  const known = REASONS.find((one) => one === reason);
  return known ? review(known) : reason;
};

/** Lines under their quarters of an hour, in the order they came. */
export function bySlot<Item extends { slot: string }>(lines: readonly Item[]): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const line of lines) groups.set(line.slot, [...(groups.get(line.slot) ?? []), line]);
  return [...groups];
}
