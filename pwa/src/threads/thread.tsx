import "./style.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { canAsk } from "../lib/secure";
import { Button, Choice, Empty, Notice } from "../lib/ui";
import type { Comment, Session } from "../lib/wire";
import { dayHere } from "../programme/here";
import { useKept } from "../safety/kept";
import type { Replying } from "./branches";
import { Branches } from "./branches";
import { SORTS, type Sort } from "./calls";
import { type Place, takeDrafts } from "./draft";
import { useFurther } from "./further";
import { usePermalink } from "./permalink";
import { hearRefusals, loadReactions } from "./reactions";
import type { TalkProps } from "./talk";
import { tree } from "./tree";
import { t } from "./words";

/** What is said in a session: a conversation three levels deep, and the way to join it. */
export function Thread({ session, comments, more }: TalkProps) {
  const [sort, setSort] = useState<Sort>(more === null ? "oldest" : "newest");
  const further = useFurther(session.id, comments, more, sort);
  const branches = useMemo(() => tree(further.comments, sort), [further.comments, sort]);
  const known = useMemo(() => new Map(further.comments.map((one) => [one.id, one])), [further.comments]);
  const search = usePermalink(session.id, known, further.add);
  const replying = useReplying(session);
  const own = useLazy(() => import("./own-parts"), canAsk);
  useOwn(session, comments);

  const over = dayHere()?.closed ?? false;
  const closed = over || session.review === "closed" || session.state === "cancelled";
  const compose = (place: Place) => replying.open(known.has(place) ? place : "", true);
  const gap = further.more ? <More further={further} /> : null;
  const late = sort === "oldest" ? branches.findIndex(({ shown }) => shown >= further.gapBefore) : branches.length;
  const cut = late < 0 ? branches.length : late;
  const shared = { session, known, whole: !further.more, replying: closed ? null : replying };
  return (
    <div class="stack talk">
      {search && <p role="status">{t(search === "offline" ? "lookOffline" : search)}</p>}
      {own && <own.Yours session={session} onCompose={compose} />}
      {session.paused && !closed && <Notice>{t("paused")}</Notice>}
      {closed ? <Notice>{t(over ? "over" : "closed")}</Notice> : <Begin replying={replying} />}
      {(further.comments.length > 5 || sort === "newest") && (
        <div class="order">
          <Choice
            legend={t("sort")}
            value={sort}
            onChange={setSort}
            options={SORTS.map((value) => ({ value, label: t(value) }))}
          />
        </div>
      )}
      {further.comments.length === 0 && <Empty title={t("none")}>{!closed && canAsk && <p>{t("noneHint")}</p>}</Empty>}
      <Branches branches={branches.slice(0, cut)} {...shared} />
      {gap}
      <Branches branches={branches.slice(cut)} {...shared} />
    </div>
  );
}

function More({ further }: { further: { busy: boolean; failed: boolean; load: () => void } }) {
  return (
    <div class="stack">
      {further.failed && <p role="status">{t("moreFailed")}</p>}
      <Button busy={further.busy} onClick={further.load}>
        {t("more")}
      </Button>
    </div>
  );
}

/** The box for a new beginning, or the button that opens it. */
function Begin({ replying }: { replying: Replying }) {
  if (!canAsk) return null;
  if (replying.place === "") return replying.box(null);
  return (
    <p>
      <Button onClick={() => replying.open("")}>{t("say")}</Button>
    </p>
  );
}

/** Which reply box is open, and which have something written in them. */
function useReplying(session: Session): Replying {
  const [place, setPlace] = useState<Place | null>(null);
  const [drafts, setDrafts] = useState<ReadonlyMap<Place, string>>(new Map());
  const [again, setAgain] = useState(0);
  const box = useLazy(() => import("./reply-box"), place !== null);
  const look = () => takeDrafts(session.id).then(setDrafts);
  useEffect(() => {
    void takeDrafts(session.id).then((kept) => {
      setDrafts(kept);
      if (kept.has("")) setPlace("");
    });
  }, [session.id]);
  const open = (to: Place | null, afresh = false) => {
    if (afresh) setAgain((was) => was + 1);
    setPlace(to);
    void look();
  };
  return {
    place,
    drafts,
    open,
    box: (to: Comment | null) =>
      box ? (
        <box.ReplyBox
          key={`${place} ${again}`}
          session={session}
          to={to}
          place={place ?? ""}
          onClose={() => open(null)}
        />
      ) : null,
  };
}

/** Everybody's challenges, this phone's reactions, and what the talk says about one's own. */
function useOwn(session: Session, comments: readonly Comment[]): void {
  useKept();
  useEffect(() => {
    void loadReactions(session.event.id);
    if (canAsk)
      void import("../safety/proof").then(
        ({ prefetch }) => prefetch("say", session.id),
        () => undefined,
      );
    return hearRefusals(session.event.id);
  }, [session.id, session.event.id]);
  useEffect(() => {
    void import("./own").then(
      ({ learnFromShown }) => learnFromShown(session.id, comments),
      () => undefined,
    );
  }, [session.id, comments]);
}
