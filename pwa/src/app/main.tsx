import "../lib/tokens.css";
import "../lib/base.css";
import "./shell.css";
import { render } from "preact";
import { startRouter } from "../lib/router";
import { settings, startSettings } from "../lib/settings";
import { startClock } from "../lib/tick";
import { choose } from "../lib/words";
import { comeBack } from "../programme/here";
import { staysAway, watchForWaking } from "./leave";
import { Shell } from "./shell";

function start(): void {
  const root = document.getElementById("app");
  if (!root) return;
  startSettings();
  startRouter();
  startClock();
  watchForWaking();
  void choose(settings.peek().language);
  void comeBack();
  root.replaceChildren();
  render(<Shell />, root);
  addEventListener("load", () => setTimeout(late, 400), { once: true });
}

async function late(): Promise<void> {
  try {
    (await import("./late")).startLate();
  } catch {
    // The signal went just after the page came: once more when it is back.
    addEventListener("online", () => void late(), { once: true });
  }
}

if (!staysAway()) start();
