import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const MARGIN = "350px 0px";
/** Heights met before, so that a page is as tall when somebody comes back to it. */
const heights = new Map<string, number>();
const watched = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | null = null;

function watch(element: Element, tell: (near: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) watched.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  watched.set(element, tell);
  observer.observe(element);
  return () => observer?.unobserve(element);
}

interface FarProps {
  /** Unique on the phone; remembers the height. */
  name: string;
  /** A guess in rem while it was never drawn. */
  guess: number;
  /** Drawn from the start: what is on the first screen. */
  near?: boolean;
  children: () => ComponentChildren;
}

/** Draws its content only near the screen and keeps its height elsewhere: long lists stay light. */
export function Far({ name, guess, near: first = false, children }: FarProps) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(first || typeof IntersectionObserver === "undefined");
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof IntersectionObserver === "undefined") return;
    return watch(element, (isNear) => {
      // Nobody's focus is taken away by scrolling.
      if (!isNear && element.contains(document.activeElement)) return;
      if (!isNear && element.firstChild) heights.set(name, element.offsetHeight);
      setNear(isNear);
    });
  }, [name]);
  const height = heights.get(name);
  return (
    <div ref={box} style={near ? undefined : { blockSize: height ? `${height}px` : `${guess}rem` }}>
      {near && children()}
    </div>
  );
}
