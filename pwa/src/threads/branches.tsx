import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { canAsk } from "../lib/secure";
import { settings } from "../lib/settings";
import { clock, dayKey, nowIn, shortDay } from "../lib/time";
import { Button, PlainText, Status } from "../lib/ui";
import type { Comment, ReactionKind, Session } from "../lib/wire";
import { dayHere } from "../programme/here";
import { isStuck, receipts } from "../safety/kept";
import { Folded, Report } from "../safety/report";
import { reactionKey } from "./calls";
import type { Place } from "./draft";
import { anchorOf } from "./permalink";
import { hasGiven, KINDS, refused, tally, toggle } from "./reactions";
import { type Branch, DEEPEST, replyTo } from "./tree";
import { t } from "./words";

export interface Replying {
  /** Which box is open: "" for a new beginning, null for none. */
  readonly place: Place | null;
  readonly drafts: ReadonlyMap<Place, string>;
  /** `afresh`: its draft has changed, read it again. */
  readonly open: (place: Place | null, afresh?: boolean) => void;
  readonly box: (to: Comment | null) => VNode | null;
}

interface Shared {
  session: Session;
  known: ReadonlyMap<string, Comment>;
  /** Everything is loaded: what is missing was withdrawn. */
  whole: boolean;
  /** Null where nothing more is said. */
  replying: Replying | null;
}

export function Branches({ branches, ...shared }: Shared & { branches: readonly Branch[] }) {
  if (branches.length === 0) return null;
  return (
    <ul class="branches">
      {branches.map((branch) => (
        <li key={branch.id} id={anchorOf(branch.id)}>
          {branch.comment ? (
            <Said comment={branch.comment} level={branch.level} {...shared} />
          ) : (
            <p class="missing muted small">{t(shared.whole ? "withdrawn" : "notLoaded")}</p>
          )}
          <Branches branches={branch.replies} {...shared} />
        </li>
      ))}
    </ul>
  );
}

function Said({ comment, level, session, known, replying }: Shared & { comment: Comment; level: number }) {
  const [asked, setAsked] = useState(false);
  const own = settings.value.mineHidden ? undefined : receipts.value.find(({ id }) => id === comment.id);
  const place = replyTo(comment, level, known) ?? "";
  const acts = useLazy(() => import("./own-parts"), own !== undefined);
  const subject = { kind: "comment", id: comment.id, session: comment.session, event: session.event.id } as const;
  const open = replying?.place === place && asked && place !== "";
  const reply = () => {
    setAsked(true);
    replying?.open(place);
  };
  return (
    <article class="said" tabIndex={-1} aria-label={comment.by.name}>
      <By comment={comment} session={session} own={own !== undefined} />
      <Folded reported={comment.reported}>
        <PlainText text={comment.text} />
      </Folded>
      {canAsk && !dayHere()?.closed && <Reactions comment={comment} event={session.event.id} />}
      <Report subject={comment.by.kind === "person" ? subject : null} by={comment.by.name}>
        {canAsk && replying && !open && (
          <ReplyButton
            comment={comment}
            level={level}
            draft={replying.drafts.has(place) && level < DEEPEST}
            onClick={reply}
          />
        )}
        {own && acts && <acts.OwnActs receipt={own} />}
      </Report>
      {open && replying?.box(comment)}
    </article>
  );
}

function ReplyButton({
  comment,
  level,
  draft,
  onClick,
}: {
  comment: Comment;
  level: number;
  draft: boolean;
  onClick: () => void;
}) {
  const { name } = comment.by;
  const deep = level >= DEEPEST;
  return (
    <Button look="link" onClick={onClick} label={deep ? t("continueName", { name }) : t("replyName", { name })}>
      {deep ? t("continueHere") : draft ? t("goOn") : t("reply")}
    </Button>
  );
}

function By({ comment: { by, id, slot, edited }, session, own }: { comment: Comment; session: Session; own: boolean }) {
  const zone = session.event.timezone;
  const day = dayHere() ?? { clock_offset: 0 };
  const at = onItsClock(slot, day.clock_offset);
  const today = dayKey(at, zone) === dayKey(nowIn(day), zone);
  const time = today ? clock(at, zone) : `${shortDay(at, zone)} ${clock(at, zone)}`;
  return (
    <p class="small row said-by">
      {by.surgeon ? (
        <a class="said-name" href={`/e/${session.event.slug}/surgeons/${by.surgeon}`} dir="auto">
          {by.name}
        </a>
      ) : (
        <span class="said-name" dir="auto">
          {by.name}
        </span>
      )}
      {by.kind !== "person" && <Status>{t(by.kind === "surgeon" ? "surgeon" : "organiser")}</Status>}
      {own && <Status>{t("you")}</Status>}
      <a class="said-when" href={`/s/${session.code}#${anchorOf(id)}`} aria-label={t("link", { name: by.name, time })}>
        {t("at", { time })}
      </a>
      {edited && <span class="muted">{t("edited")}</span>}
    </p>
  );
}

const QUARTER = 900_000;

/** A quarter hour as the day's clock has it: a demonstration day runs on a shifted one. */
const onItsClock = (slot: string, offset: number) => Math.floor((Date.parse(slot) + offset * 1000) / QUARTER) * QUARTER;

function Reactions({ comment, event }: { comment: Comment; event: string }) {
  const [said, setSaid] = useState("");
  const waits = KINDS.some((kind) => isStuck(reactionKey(comment.id, kind)));
  const press = (kind: ReactionKind) => {
    setSaid(t(hasGiven(comment, kind) ? "takenBack" : "given"));
    void toggle(comment, kind, event);
  };
  const no = refused.value === comment.id;
  return (
    <div class="row reactions">
      {KINDS.map((kind) => {
        const n = settings.value.quiet ? 0 : tally(comment, kind);
        const word = t(kind);
        return (
          <Button key={kind} class="reaction" pressed={hasGiven(comment, kind)} onClick={() => press(kind)}>
            {n > 0 ? t("counted", { word, n }) : word}
          </Button>
        );
      })}
      <span class={no || waits ? "small" : "away"} role="status">
        {no ? t("refused") : waits ? t("waits") : said}
      </span>
    </div>
  );
}
