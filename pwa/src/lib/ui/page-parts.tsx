import "./style.css";
import type { ComponentChildren } from "preact";

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
