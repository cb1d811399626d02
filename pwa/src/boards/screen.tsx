import "./style.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { set, settings } from "../lib/settings";
import { Button } from "../lib/ui";
import { t } from "./words";

const IDLE = 4000;
const AWAKE = ["pointermove", "pointerdown", "keydown"] as const;

/** A page for a projector: nothing of the app around it, and its few buttons only while somebody is at it. */
export function Screen({
  back,
  backLabel = t("close"),
  class: more,
  children,
}: {
  /** Where its way out leads. */
  back: string;
  backLabel?: string;
  class?: string;
  children: ComponentChildren;
}) {
  const idle = useIdle();
  const full = useWholeScreen();
  useAlone();
  useWake();
  const dark = isDark();
  return (
    <div class={`screen ${more ?? ""}`}>
      {children}
      <p class={idle ? "screen-acts idle" : "screen-acts"}>
        {document.fullscreenEnabled && <Button onClick={flip}>{t(full ? "leaveFull" : "full")}</Button>}
        <Button onClick={() => set({ theme: dark ? "light" : "dark" })}>{t(dark ? "light" : "dark")}</Button>
        <a class="button plain" href={back}>
          {backLabel}
        </a>
      </p>
    </div>
  );
}

function isDark(): boolean {
  const { theme } = settings.value;
  return theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function flip(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // The browser may refuse; the page is then as big as its window.
  done.catch(() => undefined);
}

/** The bars of the app are out of the way as long as this page is open. */
function useAlone(): void {
  useEffect(() => {
    document.documentElement.dataset.screen = "";
    return () => {
      delete document.documentElement.dataset.screen;
    };
  }, []);
}

function useWholeScreen(): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  return full;
}

function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    let timer = setTimeout(setIdle, IDLE, true);
    const wake = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(setIdle, IDLE, true);
    };
    for (const sign of AWAKE) addEventListener(sign, wake);
    return () => {
      clearTimeout(timer);
      for (const sign of AWAKE) removeEventListener(sign, wake);
    };
  }, []);
  return idle;
}

/** Keeps the screen lit where the browser can; it lets go whenever the page is out of sight. */
function useWake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const hold = () => {
      if (document.hidden || left) return;
      navigator.wakeLock?.request("screen").then(
        (held) => {
          if (left) void held.release();
          else lock = held;
        },
        () => undefined,
      );
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, []);
}
