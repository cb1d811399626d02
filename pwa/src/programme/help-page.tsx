import "./style.css";
import { safeUrl } from "../lib/text";
import { dayName } from "../lib/time";
import { LinkButton, Notice, Title } from "../lib/ui";
import type { HelpLine } from "../lib/wire";
import { dialled, helpLines } from "./help-lines";
import { t } from "./words";

/** Whom to call or text now. Needs no network. */
export function HelpPage() {
  const { lines, reviewed } = helpLines();
  return (
    <div class="stack">
      <Title>{t("helpTitle")}</Title>
      <p class="danger-line">
        <LinkButton look="danger" href="tel:999">
          {t("helpDanger")}
        </LinkButton>
      </p>
      <p>{t("helpCannot")}</p>
      <ul class="help-lines">
        {lines.map((line) => (
          <Line key={line.name} line={line} />
        ))}
      </ul>
      {reviewed && <p class="hint">{t("helpReviewed", { date: dayName(reviewed) })}</p>}
      <Notice title={t("helpLeave")}>
        <p>{t("helpLeaveHint")}</p>
      </Notice>
      <p>
        <a href="/privacy">{t("helpPrivate")}</a>
      </p>
      <p class="hint">{t("helpKept")}</p>
    </div>
  );
}

function Line({ line }: { line: HelpLine }) {
  const site = safeUrl(line.url);
  return (
    <li class="card">
      <h2 dir="auto">{line.name}</h2>
      {line.note && <p dir="auto">{line.note}</p>}
      <p class="row">
        {line.tel && <LinkButton href={`tel:${dialled(line.tel)}`}>{t("helpCall", { tel: line.tel })}</LinkButton>}
        {line.sms && <LinkButton href={`sms:${dialled(line.sms)}`}>{t("helpText", { sms: line.sms })}</LinkButton>}
        {site && (
          <a class="help-site" href={site} target="_blank" rel="noopener noreferrer">
            {t("helpSite")}
          </a>
        )}
      </p>
    </li>
  );
}
