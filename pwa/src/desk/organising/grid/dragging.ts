/** Moving by pointer: the mouse takes a session anywhere, a finger by its handle, so that the page still scrolls. */
import type { RefObject, TargetedPointerEvent } from "preact";
import { useRef } from "preact/hooks";
import type { SessionCard } from "../../../lib/wire";
import type { Moving } from "./moving";
import { QUARTER, stepped, within } from "./places";

/** Pixels a pointer goes before it drags, and from the edge where the page comes along. */
const FAR = 6;
const EDGE = 48;

interface Grip {
  readonly session: SessionCard;
  readonly x: number;
  readonly y: number;
  /** Where on the board, which may scroll meanwhile. */
  readonly down: number;
  started: boolean;
}

/** The room whose column is at `x`; the one outermost beside all of them. */
export function roomAt(heads: readonly { room: string; left: number; right: number }[], x: number): string | undefined {
  const away = ({ left, right }: { left: number; right: number }) => Math.max(left - x, x - right, 0);
  return [...heads].sort((one, other) => away(one) - away(other))[0]?.room;
}

const headsOf = (board: HTMLElement) =>
  [...(board.parentElement?.querySelectorAll<HTMLElement>("[data-room]") ?? [])]
    .map((head) => ({ room: head.dataset.room ?? "", ...sides(head) }))
    .filter(({ left, right }) => right > left);

function sides(element: HTMLElement): { left: number; right: number } {
  const { left, right } = element.getBoundingClientRect();
  return { left, right };
}

/** Brings what is beyond the edge into sight. */
function follow(board: HTMLElement, x: number, y: number): void {
  const pull = (at: number, end: number) => (at < EDGE ? -1 : at > end - EDGE ? 1 : 0) * 16;
  scrollBy(0, pull(y, innerHeight));
  const { left, right } = sides(board.parentElement as HTMLElement);
  board.parentElement?.scrollBy(pull(x - left, right - left), 0);
}

export function useDragging(
  board: RefObject<HTMLElement | null>,
  { lift, shift, drop, back }: Moving,
  span: { from: number; to: number },
) {
  const grip = useRef<Grip | null>(null);
  /** A press ends a drag too, and must not pick up again what was just put down. */
  const dragged = useRef(false);
  const top = () => board.current?.getBoundingClientRect().top ?? 0;

  const down = (event: TargetedPointerEvent<HTMLElement>, session: SessionCard) => {
    const byHandle = (event.target as Element).closest(".plan-grip");
    if (event.button || (event.pointerType !== "mouse" && !byHandle)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    grip.current = { session, x, y, down: y - top(), started: false };
  };
  const move = ({ clientX: x, clientY: y }: TargetedPointerEvent<HTMLElement>) => {
    const held = grip.current;
    if (!held || !board.current) return;
    if (!held.started && Math.hypot(x - held.x, y - held.y) < FAR) return;
    if (!held.started) lift(held.session, true);
    held.started = true;
    follow(board.current, x, y);
    const quarter = (board.current.offsetHeight * QUARTER) / (span.to - span.from);
    const steps = Math.round((y - top() - held.down) / quarter);
    const room = roomAt(headsOf(board.current), x);
    shift((from) => ({ ...within(stepped(from, steps), span), room: room ?? from.room }));
  };
  const end = (put: () => void) => () => {
    const held = grip.current;
    grip.current = null;
    setTimeout(() => {
      dragged.current = false;
    });
    if (!held?.started) return;
    dragged.current = true;
    put();
  };
  return {
    down,
    move,
    up: end(drop),
    cancel: end(back),
    /** Lets go without putting down. */
    letGo: () => {
      dragged.current = grip.current?.started ?? false;
      grip.current = null;
    },
    dragged,
  };
}
