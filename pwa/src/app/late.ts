/** What the app starts once the first page is drawn: nobody waits for it. */
import { wakeOutbox } from "../safety/wake";
import { startInstall } from "./install";
import { watchShift } from "./shift";
import { registerWorker } from "./update";

export function startLate(): void {
  watchShift((text) => {
    const said = document.getElementById("shift-said");
    if (said) said.textContent = text;
  });
  startInstall();
  void registerWorker();
  void wakeOutbox();
}
