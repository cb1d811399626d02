import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice, Tick } from "../lib/ui";
import type { QueueLine, Session } from "../lib/wire";
import { prefetch, prepare } from "../safety/proof";
import { type Draft, dropDraft, EMPTY, keepDraft, MOST_LABELS, takeDraft } from "./draft";
import { Waiting } from "./line-words";
import { type Asked, hold } from "./outbox";
import { t } from "./words";

interface Props {
  session: Session;
  /** The kinds of help the day offers. */
  labels: readonly string[];
  line: QueueLine | undefined;
  onAsked: (asked: Asked) => void;
}

/** What help is wanted, for those who like to say; then one button. */
export function HoldForm({ session, labels, line, onAsked }: Props) {
  const [draft, latest, change] = useDraft(session.id);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  // What sending takes is at hand before the signal may go.
  useEffect(() => {
    prefetch("book", session.id);
    prepare("book", session.id);
  }, [session.id]);
  if (!draft) return null;
  const tick = (label: string, on: boolean) => {
    const others = latest.current.labels.filter((one) => one !== label);
    change({ labels: on ? [...others, label] : others });
  };
  const send = async () => {
    const wanted = latest.current.labels.filter((label) => labels.includes(label));
    const tooMany = wanted.length > MOST_LABELS;
    setError(tooMany ? t("tooMany") : "");
    if (tooMany || busy) return;
    setBusy(true);
    onAsked(await hold(session, { ...latest.current, labels: wanted }));
  };
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {session.kind === "surgery" && labels.length > 0 && (
        <Labels labels={labels} chosen={draft.labels} error={error} onChange={tick} />
      )}
      <Waiting line={line} wanted={draft.labels} />
      <Tick
        label={t("remote")}
        hint={t("remoteHint")}
        checked={draft.remote}
        onChange={(remote) => change({ remote })}
      />
      <Notice>
        <p class="small">
          {t("nothingElse")} <a href="/privacy">{t("howPrivate")}</a>
        </p>
      </Notice>
      <p>
        <Button type="submit" look="main" class="wide" busy={busy}>
          {t(line?.seats === "full" ? "holdFull" : "hold")}
        </Button>
      </p>
      <p class="hint">{t("turnUp")}</p>
    </form>
  );
}

interface LabelsProps {
  labels: readonly string[];
  chosen: readonly string[];
  error: string;
  onChange: (label: string, on: boolean) => void;
}

function Labels({ labels, chosen, error, onChange }: LabelsProps) {
  const [begun] = useState(chosen.length > 0);
  return (
    <details class="card fold" open={begun}>
      <summary>{t("help")}</summary>
      <p class="hint">{t("helpHint")}</p>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <fieldset class="place-labels" aria-label={t("help")}>
        {[...labels].sort(inWords).map((label) => (
          <Tick key={label} label={label} checked={chosen.includes(label)} onChange={(on) => onChange(label, on)} />
        ))}
      </fieldset>
    </details>
  );
}

const inWords = (one: string, other: string): number => one.localeCompare(other);

/** What is ticked, kept on the phone as it is. Null until it is read. */
function useDraft(
  session: string,
): readonly [Draft | null, { readonly current: Draft }, (some: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft | null>(null);
  const latest = useRef<Draft>(EMPTY);
  useEffect(() => {
    void takeDraft(session).then((kept) => {
      latest.current = kept;
      setDraft(kept);
    });
  }, [session]);
  const change = (some: Partial<Draft>) => {
    const next = { ...latest.current, ...some };
    latest.current = next;
    setDraft(next);
    void (next.remote || next.labels.length > 0 ? keepDraft(session, next) : dropDraft(session));
  };
  return [draft, latest, change];
}
