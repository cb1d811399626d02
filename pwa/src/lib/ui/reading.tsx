import type { ComponentChildren } from "preact";
import type { Copy } from "../copies";
import { t } from "../said";
import { asOf } from "../time";
import { Button } from "./button";
import { Status } from "./page-parts";
import { Skeleton } from "./skeleton";
import { Title } from "./title";

interface ReadingProps<T> {
  copy: Copy<T>;
  again: () => void;
  /** What to say when there is no such thing (any more). */
  gone?: ComponentChildren;
  lines?: number;
  /** Part of a page that already says from when it is. */
  inner?: boolean;
  children: (value: T) => ComponentChildren;
}

/** Shows a copy in whatever state it is: its page, or why there is none, and from when it is if old. */
export function Reading<T>({ copy, again, gone, lines, inner, children }: ReadingProps<T>) {
  if (copy.value !== undefined) {
    const old = !inner && (copy.standing === "offline" || copy.standing === "trouble");
    return (
      <>
        {old && (
          <p class="as-of">
            <Status kind="warn">{t("showingOld", { time: asOf(copy.at) })}</Status>{" "}
            <Button look="link" onClick={again}>
              {t("tryAgain")}
            </Button>
          </p>
        )}
        {children(copy.value)}
      </>
    );
  }
  if (copy.standing === "gone") return <>{gone ?? <Gone />}</>;
  if (copy.standing === "offline")
    return (
      <Trouble title={t("offlineTitle")} again={again}>
        {t("offlineBody")}
      </Trouble>
    );
  if (copy.standing === "trouble")
    return (
      <Trouble title={t("troubleTitle")} again={again}>
        {copy.problem?.message}
      </Trouble>
    );
  return <Skeleton page lines={lines ?? 4} />;
}

function Gone() {
  return (
    <>
      <Title>{t("goneTitle")}</Title>
      <p>{t("goneBody")}</p>
    </>
  );
}

function Trouble({ title, again, children }: { title: string; again: () => void; children: ComponentChildren }) {
  return (
    <>
      <Title>{title}</Title>
      <p>{children}</p>
      <Button look="main" onClick={again}>
        {t("tryAgain")}
      </Button>
    </>
  );
}
