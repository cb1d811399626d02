import { useState } from "preact/hooks";
import { Empty, Notice, Status } from "../../lib/ui";
import type { Invitation, Page } from "../../lib/wire";
import { StaffReading } from "../parts";
import type { StaffCopy } from "../reading";
import { Sure } from "../sure";
import { WHO } from "../words";
import { revokeLink } from "./calls";
import { timeOf } from "./moment";
import { t } from "./words";

interface Props {
  copy: StaffCopy<Page<Invitation>>;
  event: string;
  zone: string;
}

/** Every link that was made, and how one is taken back. */
export function Links({ copy, event, zone }: Props) {
  const [said, setSaid] = useState("");
  const revoke = async ({ id, name }: Invitation) => {
    await revokeLink(event, id);
    setSaid(t("revoked", { name }));
    await copy.again();
  };
  return (
    <section class="stack">
      <h2>{t("invitations")}</h2>
      <p class="hint">{t("invitationsHint")}</p>
      {said && <Notice kind="good">{said}</Notice>}
      <StaffReading copy={copy} who={WHO.people}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty title={t("invitationsNone")} />
          ) : (
            <ul class="own-lines">
              {results.map((link) => (
                <li key={link.id} class="row between">
                  <span>
                    <span dir="auto">{link.name}</span> <span class="muted">{wordsOf(link)}</span>
                  </span>
                  <Status kind={link.accepted ? "good" : "plain"}>{standingOf(link, zone)}</Status>
                  {isOpen(link) && (
                    <Sure
                      label={t("revoke")}
                      ofWhat={t("revokeOf", { name: link.name })}
                      question={t("revokeSure", { name: link.name })}
                      yes={t("revokeYes")}
                      no={t("no")}
                      offline={t("offline")}
                      onYes={() => revoke(link)}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </StaffReading>
    </section>
  );
}

/** What a link is for: "as surgeon", "to choose a new password". */
export function wordsOf({ kind, role, session }: Invitation): string {
  if (kind === "password") return t("asPassword");
  if (kind === "co-moderator") return session ? t("asCo", { title: session.title }) : t("asCoPlain");
  return t("asRole", { role: t(role) });
}

const isOpen = ({ accepted, expires }: Invitation) => !accepted && Date.parse(expires) > Date.now();

function standingOf(link: Invitation, zone: string): string {
  if (link.accepted) return t("accepted");
  return isOpen(link) ? t("waiting", { time: timeOf(link.expires, zone) }) : t("over");
}
