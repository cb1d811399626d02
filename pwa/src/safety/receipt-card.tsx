import "./style.css";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../lib/ui";
import { fragmentOf, type Secret } from "./profile";
import { forget, keep, type Receipt } from "./receipts";
import { t } from "./said";

/** The way back to a question: kept on this phone, written down, or not kept. */
export function ReceiptCard({ receipt, durable = true }: { receipt: Receipt; durable?: boolean }) {
  const [dropped, setDropped] = useState<Receipt | null>(null);
  const drop = () => void forget(receipt.id).then(() => setDropped(receipt));
  const undo = () => dropped && void keep(dropped).then(() => setDropped(null));
  return (
    <section class="card stack" aria-labelledby="receipt-title">
      <h2 id="receipt-title">{t("keptTitle")}</h2>
      <p role="status">{dropped ? t("dropped") : durable ? t("kept") : t("keptNot")}</p>
      <WrittenDown secret={receipt.secret} />
      <p>{dropped ? <Button onClick={undo}>{t("undo")}</Button> : <Button onClick={drop}>{t("drop")}</Button>}</p>
    </section>
  );
}

/** The eight words and the QR code, only once somebody asks for them. */
export function WrittenDown({ secret }: { secret: Secret }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="stack">
      <p>
        <Button expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("writeHide") : t("write")}
        </Button>
      </p>
      {open && <Words secret={secret} />}
    </div>
  );
}

function Words({ secret }: { secret: Secret }) {
  const [words, setWords] = useState<readonly string[]>([]);
  const [path, setPath] = useState({ size: 0, drawn: "" });
  useEffect(() => {
    void import("./words").then(({ wordsOf }) => wordsOf(secret.seed)).then(setWords);
    void import("./qr").then(({ pathOf }) => setPath(pathOf(`${location.origin}/r#${fragmentOf(secret)}`)));
  }, [secret]);
  if (words.length === 0) return <p role="status">{t("working")}</p>;
  return (
    <div class="stack" role="status">
      <p>{t("writeLead")}</p>
      <ol class="receipt-words" translate={false} lang="en">
        {words.map((word, place) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      {navigator.clipboard && <Copy words={words} />}
      {path.size > 0 && (
        <>
          <p>{t("writeQrLead")}</p>
          <svg
            class="receipt-qr"
            viewBox={`-4 -4 ${path.size + 8} ${path.size + 8}`}
            role="img"
            aria-label={t("writeQr")}
            shape-rendering="crispEdges"
          >
            <path d={path.drawn} fill="currentColor" />
          </svg>
        </>
      )}
    </div>
  );
}

function Copy({ words }: { words: readonly string[] }) {
  const [done, setDone] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(words.join(" ")).then(
      () => setDone(true),
      () => undefined, // the browser refuses: the words stand above
    );
  return (
    <p class="row">
      <Button onClick={copy}>{t("copy")}</Button>
      {done && <span class="small">{t("copied")}</span>}
    </p>
  );
}
