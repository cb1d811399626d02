import "./style.css";
import { Button } from "../lib/ui";
import { t } from "./words";

interface PassOnProps {
  title: string;
  /** The short address: what the QR holds. */
  path: string;
  code: string;
  qr: string;
}

/** The short code and the QR, to hand the page to somebody else. The picture loads when it is opened. */
export function PassOn({ title, path, code, qr }: PassOnProps) {
  const address = location.origin + path;
  const share = () => void navigator.share({ title, url: address }).catch(() => undefined);
  return (
    <details class="pass-on section">
      <summary>{t("passOn")}</summary>
      <div class="stack">
        <p>{t("passOnHint")}</p>
        {code && (
          <p>
            {t("code")} <strong class="code">{code}</strong>
          </p>
        )}
        <p class="address">{address.replace(/^https?:\/\//, "")}</p>
        <img class="qr" src={qr} alt={t("qrAlt")} width="220" height="220" loading="lazy" />
        {"share" in navigator && <Button onClick={share}>{t("share")}</Button>}
      </div>
    </details>
  );
}
