import { useState } from "preact/hooks";
import { Button, TextBox } from "../../lib/ui";
import type { EventDay, Invitation, Page, StaffRole } from "../../lib/wire";
import { invitationsPath, invite } from "../calls";
import { useDraft } from "../draft";
import { Select, submits } from "../parts";
import { excuse, useStaff } from "../reading";
import { CoModerators } from "./co-moderators";
import { Links } from "./links";
import { Listed } from "./listed";
import { type Made, MadeLink } from "./made-link";
import { timeOf } from "./moment";
import { Roles } from "./roles";
import { t } from "./words";

const ROLES: readonly StaffRole[] = ["surgeon", "moderator", "organiser", "door"];

/** Who runs the day, who is invited, and the ways to let somebody in. */
export function People({ event }: { event: EventDay }) {
  const links = useStaff<Page<Invitation>>(invitationsPath(event.slug));
  const onMade = () => void links.again();
  return (
    <div class="stack-wide">
      <Invite event={event} onMade={onMade} />
      <Roles event={event.slug} zone={event.timezone} onMade={onMade} />
      <CoModerators event={event} onMade={onMade} />
      <Links copy={links} event={event.slug} zone={event.timezone} />
      <Listed event={event} />
    </div>
  );
}

function Invite({ event, onMade }: { event: EventDay; onMade: () => void }) {
  const draft = useDraft<{ name: string; role: StaffRole }>(`invite:${event.id}`, { name: "", role: "surgeon" });
  const [made, setMade] = useState<Made | null>(null);
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
      const { url, expires } = await invite(event.slug, role, name.trim());
      setMade({ name: name.trim(), url, hint: t("linkRole", { time: timeOf(expires, event.timezone) }) });
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
      {made && <MadeLink made={made} onDone={() => setMade(null)} />}
      <form class="stack" onSubmit={submits(() => void send())} aria-label={t("inviteTitle")}>
        <TextBox
          label={t("inviteName")}
          value={name}
          error={error}
          onInput={(typed) => draft.write({ name: typed, role })}
        />
        <Select
          label={t("inviteRole")}
          value={role}
          options={ROLES.map((value) => ({ value, label: t(`as${value}`) }))}
          onChange={(value) => draft.write({ name, role: value as StaffRole })}
        />
        <Button type="submit" look="main" busy={busy}>
          {t("invite")}
        </Button>
      </form>
    </section>
  );
}
