import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Copy } from "../copies";
import { t } from "../said";
import { asOf } from "../time";
import { Button } from "./button";

/** The page's one h1; also the name of the tab. The router moves focus here when a page opens. */
export function Title({
  children,
  tab,
  above,
}: {
  children: ComponentChildren;
  tab?: string;
  above?: ComponentChildren;
}) {
  const text = tab ?? (typeof children === "string" ? children : "");
  useEffect(() => {
    if (text) document.title = `${text} · Equal Terms`;
  }, [text]);
  return (
    <div class="title">
      {above && <p class="above">{above}</p>}
      <h1 tabIndex={-1} dir="auto">
        {children}
      </h1>
    </div>
  );
}

export function Card({ children, class: more }: { children: ComponentChildren; class?: string }) {
  return <div class={more ? `card ${more}` : "card"}>{children}</div>;
}

/** A state in words; the colour only repeats it. */
export function Status({
  kind = "plain",
  children,
}: {
  kind?: "plain" | "good" | "warn" | "wrong";
  children: ComponentChildren;
}) {
  return <span class={`status ${kind}`}>{children}</span>;
}

/** Something to know. `wrong` interrupts a screen reader, the others wait. */
export function Notice({
  kind = "plain",
  title,
  children,
}: {
  kind?: "plain" | "good" | "warn" | "wrong";
  title?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === "wrong" ? "alert" : "status"}>
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}

/** What will be here, and what one can do meanwhile. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** Grey lines where text will be, only if it takes longer than 200 ms. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div class="skeleton" />;
  return (
    <div class="skeleton" role="status">
      <span class="away">{t("loading")}</span>
      {Array.from({ length: lines }, (_, at) => (
        <span class="bone" key={at} />
      ))}
    </div>
  );
}

interface ReadingProps<T> {
  copy: Copy<T>;
  again: () => void;
  /** What to say when there is no such thing (any more). */
  gone?: ComponentChildren;
  lines?: number;
  children: (value: T) => ComponentChildren;
}

/** Shows a copy in whatever state it is: its page, or why there is none, and from when it is if old. */
export function Reading<T>({ copy, again, gone, lines, children }: ReadingProps<T>) {
  if (copy.value !== undefined) {
    const old = copy.standing === "offline" || copy.standing === "trouble";
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
  return <Skeleton {...(lines ? { lines } : {})} />;
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
