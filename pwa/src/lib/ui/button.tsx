import type { ComponentChildren, TargetedMouseEvent } from "preact";

export interface ButtonProps {
  children: ComponentChildren;
  onClick?: (() => void) | undefined;
  /** main: the one thing to do here · plain: everything else · danger: it cannot be undone · link: looks like text */
  look?: "main" | "plain" | "danger" | "link";
  type?: "button" | "submit";
  /** Shown as busy: it stays focusable, and pressing it does nothing. */
  busy?: boolean;
  disabled?: boolean;
  pressed?: boolean | undefined;
  expanded?: boolean | undefined;
  label?: string;
  class?: string;
  id?: string;
}

export function Button({
  children,
  onClick,
  look = "plain",
  type = "button",
  busy = false,
  disabled = false,
  pressed,
  expanded,
  label,
  class: more,
  id,
}: ButtonProps) {
  const press = (event: TargetedMouseEvent<HTMLButtonElement>) => {
    if (!busy) return onClick?.();
    event.preventDefault();
  };
  return (
    <button
      id={id}
      type={type}
      class={`button ${look}${more ? ` ${more}` : ""}`}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-label={label}
      onClick={press}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, and can be opened in a new tab. */
export function LinkButton({
  href,
  look = "plain",
  children,
}: {
  href: string;
  look?: "main" | "plain" | "danger";
  children: ComponentChildren;
}) {
  return (
    <a class={`button ${look}`} href={href}>
      {children}
    </a>
  );
}
