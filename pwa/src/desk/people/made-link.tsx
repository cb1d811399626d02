import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../lib/ui";
import { t } from "./words";

export interface Made {
  /** Whom it is for. */
  name: string;
  url: string;
  /** Who may have it, and how long it works. */
  hint: string;
}

/** The one time a link is told: to read, to copy, to hold a phone's camera at. */
export function MadeLink({ made, onDone }: { made: Made; onDone: () => void }) {
  const [said, setSaid] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView?.({ block: "nearest" }), [made.url]);
  const copy = () =>
    navigator.clipboard?.writeText(made.url).then(
      () => setSaid(t("copied")),
      () => setSaid(t("notCopied")),
    ) ?? setSaid(t("notCopied"));
  return (
    <div ref={box}>
      <Notice kind="good" title={t("linkTitle", { name: made.name })}>
        <p>
          <code class="copy-link">{made.url}</code>
        </p>
        <p class="small">{made.hint}</p>
        <Square url={made.url} />
        <p class="row">
          <Button onClick={() => void copy()}>{t("copy")}</Button>
          <Button look="link" onClick={onDone}>
            {t("linkDone")}
          </Button>
          <span role="status">{said}</span>
        </p>
      </Notice>
    </div>
  );
}

/** Drawn here: a link is a secret, so no server draws it. */
function Square({ url }: { url: string }) {
  const [path, setPath] = useState({ size: 0, drawn: "" });
  useEffect(
    () =>
      void import("../../safety/qr")
        .then(({ pathOf }) => setPath(pathOf(url)))
        // Without it the link itself is there.
        .catch(() => undefined),
    [url],
  );
  if (!path.size) return null;
  return (
    <svg
      class="link-square"
      viewBox={`-4 -4 ${path.size + 8} ${path.size + 8}`}
      role="img"
      aria-label={t("qr")}
      shape-rendering="crispEdges"
    >
      <path d={path.drawn} />
    </svg>
  );
}
