import { useState } from "preact/hooks";
import { Button } from "../lib/ui";
import { excuse } from "./reading";

interface Props {
  /** What the button says, and what it says to those who cannot see what it stands beside. */
  label: string;
  ofWhat?: string;
  question: string;
  yes: string;
  no: string;
  offline: string;
  look?: "link" | "plain" | "danger";
  /** What it throws is said in its place. */
  onYes: () => Promise<void>;
}

/** Something that is asked for twice, as it is not easily undone. */
export function Sure({ label, ofWhat, question, yes, no, offline, look = "link", onYes }: Props) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const close = () => {
    setAsked(false);
    setError("");
  };
  const run = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await onYes();
      close();
    } catch (reason) {
      setError(excuse(reason, offline));
    }
    setBusy(false);
  };
  if (!asked)
    return (
      <Button look={look} {...(ofWhat && { label: ofWhat })} onClick={() => setAsked(true)}>
        {label}
      </Button>
    );
  return (
    <div class="notice warn sure" role="alert">
      <p class="notice-title">{question}</p>
      {error && <p class="error">{error}</p>}
      <p class="row">
        <Button look="danger" busy={busy} onClick={() => void run()}>
          {yes}
        </Button>
        <Button onClick={close}>{no}</Button>
      </p>
    </div>
  );
}
