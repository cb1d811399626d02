/** How big words may stand so that all of them are in sight. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** The biggest whole size from `least` to `most` that fits; `least` where none does. */
export function biggest(fits: (size: number) => boolean, least: number, most: number): number {
  let [low, high] = [Math.ceil(least), Math.floor(most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const LINE = 1.2;
/** 40 px of 720: what is read from ten metres off a wall three metres wide. */
const LEAST = 0.0558;
const MOST = 0.125;

/** Sizes the words in a box to it; answers whether they had to be cut. */
export function useFit(words: string): { box: RefObject<HTMLDivElement | null>; cut: boolean } {
  const box = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const size = () => setCut(fill(element));
    size();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(size);
    observer.observe(element);
    return () => observer.disconnect();
  }, [words]);
  return { box, cut };
}

function fill(box: HTMLElement): boolean {
  const said = box.firstElementChild as HTMLElement | null;
  if (!said) return false;
  said.style.webkitLineClamp = "none";
  const fits = (size: number) => {
    said.style.fontSize = `${size}px`;
    return said.offsetHeight <= box.clientHeight && said.scrollWidth <= box.clientWidth;
  };
  // A phone looked at from near may have smaller words than a wall.
  const size = biggest(fits, Math.min(innerHeight * LEAST, innerWidth * 0.072), innerHeight * MOST);
  if (fits(size)) return false;
  said.style.webkitLineClamp = String(Math.max(1, Math.floor(box.clientHeight / (size * LINE))));
  return true;
}
