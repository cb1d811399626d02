import { useRef, useState } from "preact/hooks";
import { Button, Choice, Notice, Status } from "../lib/ui";
import { speak } from "../lib/words";
import { changeFlow, flowPath, type Flow as Pace, type Tally, tallyPath } from "./bench-calls";
import { ToWall, useWall, WallLine } from "./on-the-wall";
import { Select, StaffReading } from "./parts";
import { excuse, useStaff } from "./reading";
import { WHO } from "./words";

const t = speak("desk-flow", {
  title: "Pace of {title}",
  open: "It takes questions",
  paused: "Paused",
  pauseHint: "In a pause nothing can be sent here. What people write waits on their phones.",
  pause: "Pause it",
  resume: "Go on",
  slow: "How fast does approved work leave?",
  slow0: "As fast as it is approved",
  slow60: "Once a minute",
  slow120: "Once in two minutes",
  slow300: "Once in five minutes",
  slowHint: "Slower gives everybody time to read.",
  review: "When is looked at what people send here?",
  before: "Before others see it",
  beforeHint: "Somebody has to look all the time.",
  after: "After it is shown",
  afterHint: "Hide what should not stand.",
  closed: "Take nothing now",
  closedHint: "People are told so.",
  waiting: {
    one: "{n} more waits outside the queue, until there is a place.",
    other: "{n} more wait outside the queue, until there are places.",
  },
  saved: "Saved.",
  others: "Somebody else has changed it. This is how it stands now.",
  offline: "That did not reach the server. Nothing has changed.",
  wall: "The wall in the room",
  wallHint: "Open a question under “Shown” to put it there.",
  tally: "What everybody may know, in steps of five",
  tallyShown: { one: "{n} question shown", other: "{n} questions shown" },
  tallyAnswered: { one: "{n} answered", other: "{n} answered" },
  tallySome: "{least} to {most} {what}",
  returned: "returned",
  hidden: "hidden",
  merged: "joined",
  tallyLink: "For programs",
});

const EVERY = 6000;
const PACES = [0, 60, 120, 300] as const;

interface PacedSession {
  readonly id: string;
  readonly code: string;
  readonly title: string;
}

/** Pausing and slowing one session. Each change is made at once; what somebody else changed is said. */
export function Flow({ session, shown }: { session: PacedSession; shown: string | undefined }) {
  const copy = useStaff<Pace>(flowPath(session.id), EVERY);
  const [said, setSaid] = useState({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  const own = useRef<string | null>(null);
  const now = copy.value && settings(copy.value);
  const meanwhile = now !== undefined && own.current !== null && own.current !== now && !busy;
  if (own.current === null && now !== undefined) own.current = now;
  const change = async (some: Partial<Pace>) => {
    if (busy) return;
    setBusy(true);
    try {
      const { body, etag } = await changeFlow(session.id, some, copy.etag ?? "");
      own.current = settings(body);
      copy.learn(body, etag);
      setSaid({ text: t("saved"), bad: false });
    } catch (reason) {
      setSaid({ text: excuse(reason, t("offline")), bad: true });
      await copy.again();
    }
    setBusy(false);
  };
  return (
    <section class="card stack" aria-labelledby="flow-title">
      <h2 id="flow-title" dir="auto">
        {t("title", { title: session.title })}
      </h2>
      <StaffReading copy={copy} who={WHO.reviews}>
        {({ paused, slow, review, waiting }) => (
          <div class="stack">
            {meanwhile && <Notice kind="warn">{t("others")}</Notice>}
            {said.text && <Notice kind={said.bad ? "wrong" : "good"}>{said.text}</Notice>}
            {waiting > 0 && <Notice>{t("waiting", { n: waiting })}</Notice>}
            <p class="row">
              <Status kind={paused ? "warn" : "good"}>{t(paused ? "paused" : "open")}</Status>
              <Button busy={busy} look={paused ? "main" : "plain"} onClick={() => void change({ paused: !paused })}>
                {t(paused ? "resume" : "pause")}
              </Button>
            </p>
            <p class="hint">{t("pauseHint")}</p>
            <Select
              label={t("slow")}
              hint={t("slowHint")}
              value={String(slow)}
              options={PACES.map((seconds) => ({ value: String(seconds), label: t(`slow${seconds}`) }))}
              onChange={(seconds) => void change({ slow: Number(seconds) as Pace["slow"] })}
            />
            <Choice
              legend={t("review")}
              value={review}
              onChange={(when) => void change({ review: when })}
              options={(["before", "after", "closed"] as const).map((when) => ({
                value: when,
                label: t(when),
                hint: t(`${when}Hint`),
              }))}
            />
          </div>
        )}
      </StaffReading>
      <OnWall session={session} shown={shown} />
      <PublicTally session={session.id} />
    </section>
  );
}

/** What the room's wall shows, and the question that is looked at put there: `shown` is its id. */
function OnWall({ session, shown }: { session: PacedSession; shown: string | undefined }) {
  const wall = useWall(session);
  return (
    <div class="stack">
      <h3>{t("wall")}</h3>
      <WallLine wall={wall} code={session.code} />
      {shown ? <ToWall question={shown} wall={wall} /> : <p class="hint">{t("wallHint")}</p>}
    </div>
  );
}

const settings = ({ paused, slow, review }: Pace) => JSON.stringify([paused, slow, review]);

/** The session's decisions as everybody may read them. */
function PublicTally({ session }: { session: string }) {
  const tally = useStaff<Tally>(tallyPath(session), EVERY).value;
  if (!tally) return null;
  const some = (what: "returned" | "hidden" | "merged") =>
    t("tallySome", { least: tally[what].least, most: tally[what].most, what: t(what) });
  return (
    <div class="small">
      <p>
        <strong>{t("tally")}</strong>
      </p>
      <p>
        {[
          t("tallyShown", { n: tally.shown }),
          t("tallyAnswered", { n: tally.answered }),
          some("returned"),
          some("hidden"),
          some("merged"),
        ].join(" · ")}
      </p>
      <p>
        <a href={tallyPath(session)} target="_blank" rel="noopener">
          {t("tallyLink")}
        </a>
      </p>
    </div>
  );
}
