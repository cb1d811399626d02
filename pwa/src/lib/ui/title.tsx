import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { arriving } from "../router";

/** The page's one h1; also the name of the tab. When somebody comes to the page it takes the focus, so that it is read out. */
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
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (arriving()) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (text) document.title = `${text} · Equal Terms`;
  }, [text]);
  return (
    <div class="title">
      {above && <p class="above">{above}</p>}
      <h1 tabIndex={-1} dir="auto" ref={heading}>
        {children}
      </h1>
    </div>
  );
}
