import { useState } from "preact/hooks";
import { Button, TextBox } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import { useDraft } from "../draft";
import { Select, submits } from "../parts";
import { excuse } from "../reading";
import { makeCoModerator } from "./calls";
import { type Made, MadeLink } from "./made-link";
import { timeOf } from "./moment";
import { t } from "./words";

const HOURS = [1, 2, 4, 8, 24, 48, 72];
const EMPTY = { name: "", session: "", hours: "4" };

/** A link for somebody who decides in one session for some hours. */
export function CoModerators({ event, onMade }: { event: EventDay; onMade: () => void }) {
  const draft = useDraft(`co-moderator:${event.id}`, EMPTY);
  const [made, setMade] = useState<Made | null>(null);
  const [errors, setErrors] = useState<{ name?: string; session?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  if (!draft.value) return null;
  const { name, session, hours } = draft.value;
  const write = (some: Partial<typeof EMPTY>) => draft.write({ name, session, hours, ...some });
  const send = async () => {
    const wrong = {
      ...(!name.trim() && { name: t("needName") }),
      ...(!session && { session: t("coNeedSession") }),
    };
    setErrors(wrong);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const { url, until } = await makeCoModerator(session, name.trim(), Number(hours));
      setMade({ name: name.trim(), url, hint: t("linkCo", { time: timeOf(until, event.timezone) }) });
      draft.drop();
      onMade();
    } catch (reason) {
      setErrors({ form: excuse(reason, t("offline")) });
    }
    setBusy(false);
  };
  return (
    <section class="card stack">
      <h2>{t("coTitle")}</h2>
      <p class="hint">{t("coLead")}</p>
      {made && <MadeLink made={made} onDone={() => setMade(null)} />}
      <form class="stack" onSubmit={submits(() => void send())} aria-label={t("coTitle")}>
        <Select
          label={t("coSession")}
          value={session}
          error={errors.session}
          options={[
            { value: "", label: t("coChoose") },
            ...event.sessions.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChange={(value) => write({ session: value })}
        />
        <TextBox label={t("inviteName")} value={name} error={errors.name} onInput={(typed) => write({ name: typed })} />
        <Select
          label={t("coHours")}
          value={hours}
          options={HOURS.map((n) => ({ value: String(n), label: t("coHour", { n }) }))}
          onChange={(value) => write({ hours: value })}
        />
        {errors.form && (
          <p class="error" role="alert">
            {errors.form}
          </p>
        )}
        <Button type="submit" busy={busy}>
          {t("invite")}
        </Button>
      </form>
    </section>
  );
}
