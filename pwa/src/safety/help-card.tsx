import "./style.css";
import { LinkButton } from "../lib/ui";
import { dialled, helpLines } from "../programme/help-lines";
import { t } from "./said";

interface Props {
  title?: string;
  lead?: string;
  foot?: string;
}

/** Whom to talk to, beside Send. It stands there for everybody whose words call for it; it judges nobody. */
export function HelpCard({ title = t("helpTitle"), lead = t("helpCannot"), foot = t("helpSend") }: Props) {
  const { lines } = helpLines();
  return (
    <section class="notice warn help-card" aria-label={title}>
      <p class="notice-title" role="status">
        {title}
      </p>
      <p>{lead}</p>
      <ul>
        <li>
          <LinkButton look="danger" href="tel:999">
            {t("helpDanger")}
          </LinkButton>
        </li>
        {lines
          .filter(({ tel }) => tel !== "999")
          .slice(0, 4)
          .map(({ name, tel, sms }) => (
            <li key={name}>
              {tel && <LinkButton href={`tel:${dialled(tel)}`}>{t("helpCall", { name, number: tel })}</LinkButton>}
              {!tel && sms && (
                <LinkButton href={`sms:${dialled(sms)}`}>{t("helpText", { name, number: sms })}</LinkButton>
              )}
            </li>
          ))}
      </ul>
      <p>
        <a href="/help">{t("helpAll")}</a>
      </p>
      <p class="small">{foot}</p>
    </section>
  );
}
