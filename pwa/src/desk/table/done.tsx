import { useEffect, useRef } from "preact/hooks";
import { Button, Notice } from "../../lib/ui";
import { endFor, type Person } from "./calls";
import type { Acting } from "./state";
import { t } from "./words";

/** So long "Done" can be taken back (ms): what somebody came for is wiped with it. */
const GRACE = 6000;

interface Props {
  person: Person;
  acting: Acting;
  onUndo: () => void;
  onGone: () => void;
}

/** Somebody is seen off: sent in a moment, or as soon as this is left, unless it is taken back. */
export function Done({ person, acting, onUndo, onGone }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const settled = useRef(false);
  const latest = useRef(acting);
  latest.current = acting;
  const once = (work: () => void) => {
    if (!settled.current) work();
    settled.current = true;
  };
  const finish = async () => {
    while (latest.current.busy) await new Promise((done) => setTimeout(done, 100));
    const focused = box.current?.contains(document.activeElement);
    const was = await latest.current.end(person, "served");
    if (!was) return onUndo();
    if (focused) onGone();
  };
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    const timer = setTimeout(once, GRACE, () => void finish());
    // Whoever cannot be told any more finds them still at the table.
    const leave = () => once(() => void endFor(person.id, "served", true).catch(() => undefined));
    addEventListener("pagehide", leave);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  return (
    <div ref={box}>
      <Notice kind="good" title={t("doneSoon", { n: person.ticket })}>
        <p class="small">{t("doneHint")}</p>
        <p>
          <Button
            onClick={() =>
              once(() => {
                acting.say(t("doneUndone", { n: person.ticket }));
                onUndo();
              })
            }
          >
            {t("undo")}
          </Button>
        </p>
      </Notice>
    </div>
  );
}
