/** What is noticed on the phone while somebody writes, and asked about before their words leave it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import type { Finding } from "./identify";

const PAUSE = 300;

interface Found {
  readonly help: boolean;
  readonly findings: readonly Finding[];
}

/**
 * What `words` call for, found a moment after each pause: the help lines, and what may tell who somebody is. Both stand
 * beside an enabled Send. `onKeep` sends all the same, `onChange` goes back to the box.
 */
export function useNotices(words: string, onKeep: () => void, onChange: () => void) {
  const rules = useLazy(() => import("./before-sending"), true);
  const [{ help, findings }, setFound] = useState<Found>({ help: false, findings: [] });
  const [accepted, accept] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const look = () => rules && setFound({ help: rules.callsForHelp(words), findings: rules.identify(words) });
  useEffect(() => {
    const timer = setTimeout(look, words ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [words, rules]);
  const keep = () => {
    accept(words);
    onKeep();
  };
  return {
    /** Whether nothing is left to ask about; else what was found has the focus. */
    mayGo: () => {
      const clear = !rules || accepted === words || rules.identify(words).length === 0;
      if (!clear) box.current?.focus();
      return clear;
    },
    card: rules && help && <rules.HelpCard />,
    trace: rules && accepted !== words && (
      <rules.TraceNotice findings={findings} box={box} onKeep={keep} onChange={onChange} />
    ),
  };
}
