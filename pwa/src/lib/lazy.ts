import { useEffect, useState } from "preact/hooks";

/**
 * Code that is only loaded once it is wanted; undefined until it is here. It comes from the files the worker
 * keeps, so it works offline too; where it does not load (an interrupted first visit) the next wish tries again.
 */
export function useLazy<T>(load: () => Promise<T>, wanted: boolean): T | undefined {
  const [loaded, setLoaded] = useState<{ code: T } | undefined>();
  useEffect(() => {
    if (wanted && !loaded)
      load().then(
        (code) => setLoaded({ code }),
        () => undefined,
      );
  }, [wanted, loaded]);
  return loaded?.code;
}
