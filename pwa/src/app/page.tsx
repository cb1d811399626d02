import { useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { refresh } from "../lib/copies";
import { keptScroll, place } from "../lib/router";
import { settings } from "../lib/settings";
import { Button } from "../lib/ui/button";
import { Title } from "../lib/ui/title";
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
  if (!shown) return <p class="quietly">{t("opening")}</p>;
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

/** On a new page: to the top, or to where one was. */
function useArrival(path: string | undefined): void {
  useLayoutEffect(() => {
    if (path) scrollTo(0, keptScroll());
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
