import "../lib/tokens.css";
import "../lib/base.css";
import "./shell.css";
import { render } from "preact";
import { startRouter } from "../lib/router";
import { settings, startSettings } from "../lib/settings";
import { startClock } from "../lib/time";
import { choose } from "../lib/words";
import { comeBack } from "../programme/here";
import { startInstall } from "./install";
import { staysAway, watchForLeaving } from "./leave";
import { Shell } from "./shell";

function start(): void {
  const root = document.getElementById("app");
  if (!root) return;
  startSettings();
  startRouter();
  startClock();
  startInstall();
  watchForLeaving();
  void choose(settings.peek().language);
  void comeBack();
  root.replaceChildren();
  render(<Shell />, root);
  addEventListener("load", async () => (await import("./update")).registerWorker(), { once: true });
}

if (!staysAway()) start();
