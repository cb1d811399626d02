import { useEffect } from "preact/hooks";
import { copyOf, learn, refresh, useCopy } from "../lib/copies";
import { clean } from "../lib/text";
import { Button, Status } from "../lib/ui";
import type { SessionLive } from "../lib/wire";
import { livePath } from "../safety/pause";
import { t } from "./answers-words";
import { putOnWall } from "./calls";
import { useSending } from "./words-form";

const EVERY = 15_000;

/** What the wall of a session shows, and how to put another question there. */
export interface OfWall {
  /** Id of the question that is there, or null. */
  readonly current: string | null;
  /** Its words, where this phone has them. */
  readonly words: string;
  readonly put: (question: string | null) => void;
  readonly busy: boolean;
  readonly error: string | null;
}

/** The wall of a session as everybody sees it, read again while somebody looks: another desk may change it. */
export function useWall({ id, code }: { id: string; code: string }): OfWall {
  const path = livePath(code);
  const { value } = useCopy<SessionLive>(path);
  const { busy, error, run } = useSending();
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && void refresh(path), EVERY);
    return () => clearInterval(timer);
  }, [path]);
  const put = (question: string | null) =>
    void run(async () => {
      await putOnWall(id, question);
      const live = copyOf<SessionLive>(path).peek().value;
      if (live) learn(path, { ...live, current: question });
      else await refresh(path);
    });
  const current = value?.current ?? null;
  const words = value?.questions.find((one) => one.id === current)?.text ?? "";
  return { current, words, put, busy, error };
}

/** What is on the wall of a session, above its questions. */
export function WallLine({ wall, code }: { wall: OfWall; code: string }) {
  const { current, words, put, busy, error } = wall;
  return (
    <>
      <p class="small" role="status">
        {current ? (
          <>
            <Status kind="good">{t("onWall")}</Status> <span dir="auto">{clean(words)}</span>
          </>
        ) : (
          <span class="muted">{t("wallFree")}</span>
        )}
      </p>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <p class="row">
        {current && (
          <Button look="link" busy={busy} onClick={() => put(null)}>
            {t("offWall")}
          </Button>
        )}
        <a href={`/s/${code}/wall`}>{t("seeWall")}</a>
      </p>
    </>
  );
}

/** The way of one question to the wall, or what it says when it is there. */
export function ToWall({ question, wall }: { question: string; wall: OfWall }) {
  if (wall.current === question)
    return (
      <p class="row">
        <Status kind="good">{t("onWall")}</Status>
        <Button look="link" busy={wall.busy} onClick={() => wall.put(null)}>
          {t("offWall")}
        </Button>
      </p>
    );
  return (
    <p>
      <Button look="link" busy={wall.busy} onClick={() => wall.put(question)}>
        {t("toWall")}
      </Button>
    </p>
  );
}
