import { useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { refresh } from "../lib/copies";
import { keptScroll, place } from "../lib/router";
import { settings } from "../lib/settings";
import { Button, Skeleton, Title } from "../lib/ui";
import { here } from "../programme/here";
import { find } from "./routes";
import { t } from "./words";

interface Shown {
  path: string;
  View: ComponentType<Record<string, string>>;
  values: Record<string, string>;
}

/** The page at the present address. The old one stays until the new one's code is here. */
export function Page() {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const latest = useRef("");

  const show = (path: string) => {
    const found = find(path, settings.value.mineHidden);
    latest.current = path;
    for (const needed of found.needs) void refresh(needed);
    found.load().then(
      (View) => {
        if (latest.current !== path) return;
        setFailed(false);
        setShown({ path, View, values: found.values });
      },
      () => latest.current === path && setFailed(true),
    );
  };
  useSignalEffect(() => show(place.value.path));
  useArrival(shown?.path);
  useDay();

  if (failed)
    return (
      <Failed
        again={() => {
          setTries(tries + 1);
          show(place.peek().path);
        }}
      />
    );
  if (!shown) return <Skeleton lines={6} />;
  return <shown.View key={shown.path} {...shown.values} />;
}

/** Follows the printed day while one of its pages is open. */
function useDay(): void {
  const slug = /^\/e\//.test(place.value.path) ? here.value : "";
  useEffect(() => {
    if (!slug) return;
    let stop: (() => void) | null = null;
    let left = false;
    // After the page itself: following is not what somebody waits for.
    const timer = setTimeout(async () => {
      const { followDay } = await import("../live/day");
      if (!left) stop = followDay(slug);
    }, 1500);
    return () => {
      left = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [slug]);
}

/** On a new page: to the top (or where one was), and the heading gets the focus so that it is read out. */
function useArrival(path: string | undefined): void {
  const first = useRef(true);
  useLayoutEffect(() => {
    if (!path) return;
    scrollTo(0, keptScroll());
    if (!first.current) document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
}

function Failed({ again }: { again: () => void }) {
  return (
    <>
      <Title>{t("failedTitle")}</Title>
      <p>{t("failedBody")}</p>
      <Button look="main" onClick={again}>
        {t("again")}
      </Button>
    </>
  );
}
