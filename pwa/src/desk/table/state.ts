/** What a surgeon does at the table, and what is said of it. */
import { useState } from "preact/hooks";
import { Problem } from "../../lib/http";
import { excuse, type StaffCopy } from "../reading";
import { endFor, handOver, letGo, type Person, type Presence, sayWhere, type TableNow, takeNext } from "./calls";
import { t } from "./words";

export interface Said {
  readonly text: string;
  readonly bad: boolean;
}

export interface Acting {
  readonly said: Said;
  readonly busy: boolean;
  readonly say: (text: string) => void;
  /** Each answers whether it was done. */
  readonly where: (presence: Presence) => Promise<boolean>;
  /** Answers the id of what was taken, or null. */
  readonly take: (what: "person" | "question", any: boolean) => Promise<string | null>;
  readonly end: (person: Person, how: "served" | "back" | "left") => Promise<boolean>;
  readonly hand: (what: "bookings" | "questions", id: string, to: string, name: string) => Promise<boolean>;
  readonly letGo: (question: string) => Promise<boolean>;
}

/** What says that somebody else was first: no fault of whoever pressed. */
const MEANWHILE = new Set(["already-taken", "wrong-state", "booking-over", "not-found"]);

export function useActing(event: string, copy: StaffCopy<TableNow>): Acting {
  const [said, setSaid] = useState<Said>({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (busy) return null;
    setBusy(true);
    try {
      const done = await work();
      await copy.again();
      return done;
    } catch (reason) {
      const meanwhile = reason instanceof Problem && MEANWHILE.has(reason.code);
      setSaid({ text: meanwhile ? t("meanwhile") : excuse(reason, t("offline")), bad: !meanwhile });
      if (reason instanceof Problem) await copy.again();
      return null;
    } finally {
      setBusy(false);
    }
  };
  const say = (text: string) => setSaid({ text, bad: false });
  const does = async (work: () => Promise<unknown>, text: string): Promise<boolean> =>
    (await run(async () => {
      await work();
      say(text);
      return true;
    })) ?? false;
  return {
    said,
    busy,
    say,
    where: (presence) => does(() => sayWhere(event, presence), t(`said${presence.state}`)),
    take: (what, any) =>
      run(async () => {
        try {
          const { person, question } = await takeNext(event, what, any);
          say(person ? t("tookPerson", { n: person.ticket }) : t("tookQuestion"));
          return person?.id ?? question?.id ?? null;
        } catch (reason) {
          if (!(reason instanceof Problem && reason.code === "nothing-waits")) throw reason;
          say(t(what === "person" ? (any ? "nobody" : "nothingFits") : any ? "noQuestion" : "noQuestionFits"));
          return null;
        }
      }),
    end: (person, how) => does(() => endFor(person.id, how), t(`did${how}`, { n: person.ticket })),
    hand: (what, id, to, name) => does(() => handOver(what, id, to), t("didhand", { name })),
    letGo: (question) => does(() => letGo(question), t("didletGo")),
  };
}
