import { useRef, useState } from "preact/hooks";
import { clock, shortDay } from "../lib/time";
import { Button, Empty, Notice, Status, TextBox } from "../lib/ui";
import type { EventDay, Invitation, InvitationLink, OwnSurgeon, Page, StaffRole } from "../lib/wire";
import { addSurgeon, invitationsPath, invite, listedPath } from "./calls";
import { useDraft } from "./draft";
import { submits } from "./form-foot";
import { Select, StaffReading } from "./parts";
import { excuse, useStaff } from "./reading";
import { t } from "./settings-words";
import { WHO } from "./words";

const ROLES: readonly StaffRole[] = ["surgeon", "moderator", "organiser", "door"];

/** Who is invited, who has joined, and the way to invite somebody. */
export function People({ event }: { event: EventDay }) {
  const invitations = useStaff<Page<Invitation>>(invitationsPath(event.slug));
  return (
    <div class="stack-wide">
      <Invite event={event} onMade={() => void invitations.again()} />
      <section class="stack">
        <h2>{t("invitations")}</h2>
        <StaffReading copy={invitations} who={WHO.people}>
          {({ results }) =>
            results.length === 0 ? (
              <Empty title={t("invitationsNone")} />
            ) : (
              <ul class="own-lines">
                {results.map((one) => (
                  <li key={one.id} class="row between">
                    <span>
                      <span dir="auto">{one.name}</span>{" "}
                      <span class="muted">{t("asRole", { role: t(`role${one.role}`) })}</span>
                    </span>
                    <Status kind={one.accepted ? "good" : "plain"}>{standingOf(one, event.timezone)}</Status>
                  </li>
                ))}
              </ul>
            )
          }
        </StaffReading>
      </section>
      <Listed event={event} />
    </div>
  );
}

const timeOf = (moment: string, zone: string) => `${shortDay(moment, zone)} ${clock(moment, zone)}`;

function standingOf({ accepted, expires }: Invitation, zone: string): string {
  if (accepted) return t("accepted");
  return Date.parse(expires) > Date.now() ? t("waiting", { time: timeOf(expires, zone) }) : t("over");
}

function Invite({ event, onMade }: { event: EventDay; onMade: () => void }) {
  const draft = useDraft<{ name: string; role: StaffRole }>(`invite:${event.id}`, { name: "", role: "surgeon" });
  const [made, setMade] = useState<(InvitationLink & { name: string }) | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!draft.value) return null;
  const { name, role } = draft.value;
  const send = async () => {
    if (busy) return;
    setError(name.trim() ? null : t("needName"));
    if (!name.trim()) return;
    setBusy(true);
    try {
      const link = await invite(event.slug, role, name.trim());
      setMade({ ...link, name: name.trim() });
      draft.drop();
      onMade();
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
    setBusy(false);
  };
  return (
    <section class="card stack">
      <h2>{t("inviteTitle")}</h2>
      {made && <MadeLink made={made} zone={event.timezone} />}
      <form class="stack" onSubmit={submits(() => void send())}>
        <TextBox
          label={t("inviteName")}
          value={name}
          error={error}
          onInput={(typed) => draft.write({ name: typed, role })}
        />
        <Select
          label={t("inviteRole")}
          value={role}
          options={ROLES.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => draft.write({ name, role: value as StaffRole })}
        />
        <Button type="submit" look="main" busy={busy}>
          {t("invite")}
        </Button>
      </form>
    </section>
  );
}

function MadeLink({ made, zone }: { made: InvitationLink & { name: string }; zone: string }) {
  const [said, setSaid] = useState("");
  const link = useRef<HTMLElement>(null);
  const copy = () =>
    navigator.clipboard?.writeText(made.url).then(
      () => setSaid(t("copied")),
      () => setSaid(t("notCopied")),
    ) ?? setSaid(t("notCopied"));
  return (
    <Notice kind="good" title={t("linkTitle", { name: made.name })}>
      <p>
        <code class="copy-link" ref={link}>
          {made.url}
        </code>
      </p>
      <p class="small">{t("linkHint", { time: timeOf(made.expires, zone) })}</p>
      <p class="row">
        <Button onClick={() => void copy()}>{t("copy")}</Button>
        <span role="status">{said}</span>
      </p>
    </Notice>
  );
}

function Listed({ event }: { event: EventDay }) {
  const copy = useStaff<Page<OwnSurgeon>>(listedPath(event.slug));
  const [error, setError] = useState<string | null>(null);
  const draft = useDraft(`list:${event.id}`, "");
  const name = draft.value ?? "";
  const send = async () => {
    setError(name.trim() ? null : t("needName"));
    if (!name.trim()) return;
    try {
      await addSurgeon(event.slug, name.trim());
      draft.drop();
      await copy.again();
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
  };
  return (
    <section class="stack">
      <h2>{t("listed")}</h2>
      <p class="hint">{t("listedHint")}</p>
      <StaffReading copy={copy} who={WHO.people}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty title={t("listedNone")} />
          ) : (
            <ul class="own-lines">
              {results.map((one) => (
                <li key={one.id} class="row between">
                  <span dir="auto">{one.name}</span>
                  <Status kind={one.published ? "good" : "plain"}>
                    {t(one.published ? "published" : "unpublished")}
                  </Status>
                </li>
              ))}
            </ul>
          )
        }
      </StaffReading>
      <form class="stack" onSubmit={submits(() => void send())} aria-label={t("add")}>
        <TextBox label={t("add")} value={name} error={error} onInput={draft.write} />
        <Button type="submit">{t("addIt")}</Button>
      </form>
    </section>
  );
}
