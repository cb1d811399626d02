/** Shift, Shift, Shift leaves quickly, as "Exit this page" of GOV.UK does. */

import { t } from "./late-words";
import { leave } from "./leave";

const PRESSES = 3;
const PATIENCE = 5000;

/** Counts Shift pressed alone; `say` is told how many are left. Answers how to stop. */
export function watchShift(say: (text: string) => void): () => void {
  let presses = 0;
  let alone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const count = (n: number) => {
    presses = n;
    say(n ? t("shift", { n: PRESSES - n }) : "");
  };
  const down = (event: KeyboardEvent) => {
    alone = event.key === "Shift";
    if (!alone && presses) count(0);
  };
  const up = (event: KeyboardEvent) => {
    if (event.key !== "Shift" || !alone) return;
    clearTimeout(timer);
    timer = setTimeout(() => count(0), PATIENCE);
    if (presses + 1 >= PRESSES) leave();
    else count(presses + 1);
  };
  addEventListener("keydown", down);
  addEventListener("keyup", up);
  return () => {
    clearTimeout(timer);
    removeEventListener("keydown", down);
    removeEventListener("keyup", up);
  };
}
