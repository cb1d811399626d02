import { useState } from "preact/hooks";
import { go } from "../lib/router";
import { Button, Choice, Notice, Skeleton, Status, TextBox, Tick } from "../lib/ui";
import type { Desk, EventDay, EventState } from "../lib/wire";
import { lookWho } from "./account";
import { type Colleague, colleaguesPath } from "./bench-calls";
import { changeDay } from "./calls";
import { FormFoot } from "./form-foot";
import { HelpLines } from "./help-lines";
import { linesOf } from "./lines";
import { momentOf, wallOf } from "./moment";
import { Select, submits } from "./parts";
import { excuse, type StaffCopy, useStaff } from "./reading";
import { t } from "./settings-words";
import { useSettling } from "./settling";
import { When } from "./when";
import { Zone } from "./zone";

interface DayProps {
  event: EventDay;
  copy: StaffCopy<EventDay>;
  settings: StaffCopy<Desk>;
}

/** What the day is like, and whether everybody sees it. */
export function Day({ event, copy, settings }: DayProps) {
  return (
    <div class="stack-wide">
      <Publication event={event} copy={copy} settings={settings} />
      {settings.value && <DayForm event={event} copy={copy} settings={{ ...settings, value: settings.value }} />}
    </div>
  );
}

const MOVES: Record<EventState, { to: EventState; label: "publish" | "unpublish" | "cancelDay" | "revive" }[]> = {
  draft: [{ to: "published", label: "publish" }],
  published: [
    { to: "draft", label: "unpublish" },
    { to: "cancelled", label: "cancelDay" },
  ],
  cancelled: [{ to: "published", label: "revive" }],
};
const STATE = { draft: "stateDraft", published: "statePublished", cancelled: "stateCancelled" } as const;

/** A tag is of the day alone, so what is read beside it is read again with it. */
const reread = (copy: StaffCopy<EventDay>, settings: StaffCopy<Desk>) => async () => {
  await settings.again();
  await copy.again();
};

function Publication({ event, copy, settings }: DayProps) {
  const [asked, setAsked] = useState<EventState | null>(null);
  const [error, setError] = useState("");
  const move = async (state: EventState) => {
    setAsked(null);
    setError("");
    try {
      const { body, etag } = await changeDay(event.slug, { state }, copy.etag ?? "");
      copy.learn(body, etag);
    } catch (reason) {
      setError(excuse(reason, t("offline")));
      await reread(copy, settings)();
    }
  };
  return (
    <section class="card stack">
      <p>
        <Status kind={event.state === "published" ? "good" : "warn"}>{t(STATE[event.state])}</Status>{" "}
        {t(`${event.state}Hint`)}
      </p>
      {event.state === "draft" && event.sessions.length === 0 && <p>{t("firstSteps")}</p>}
      {error && <Notice kind="wrong">{error}</Notice>}
      {asked ? (
        <p class="row" role="alert">
          {t("sure")}
          <Button look="danger" onClick={() => void move(asked)}>
            {t("sureYes")}
          </Button>
          <Button onClick={() => setAsked(null)}>{t("sureNo")}</Button>
        </p>
      ) : (
        <p class="row">
          {MOVES[event.state].map(({ to, label }) => (
            <Button
              key={to}
              look={to === "published" ? "main" : "plain"}
              onClick={() => (to === "published" ? void move(to) : setAsked(to))}
            >
              {t(label)}
            </Button>
          ))}
        </p>
      )}
    </section>
  );
}

type Form = Pick<
  EventDay,
  | "title"
  | "tagline"
  | "venue"
  | "about"
  | "review"
  | "mixing"
  | "help_lines"
  | "help_reviewed"
  | "slug"
  | "timezone"
  | "language"
  | "proof"
> & {
  starts: string;
  ends: string;
  /** "": as it is · null: none is asked for any more */
  join_code: string | null;
  /** Id of an account, "" for the first organiser. */
  safety_lead: string;
  keep_days: string;
  minutes: string;
  /** One a line. */
  labels: string;
};

const formOf = (event: EventDay, { safety_lead, keep_days, labels }: Desk): Form => {
  const { title, tagline, venue, about, review, mixing, help_lines, help_reviewed, timezone } = event;
  const { slug, language, proof } = event;
  const [starts, ends] = [wallOf(event.starts, timezone), wallOf(event.ends, timezone)];
  const care = { safety_lead: safety_lead ?? "", keep_days: String(keep_days) };
  return {
    title,
    tagline,
    venue,
    about,
    review,
    mixing,
    help_lines,
    help_reviewed,
    slug,
    timezone,
    language,
    proof,
    starts,
    ends,
    join_code: "",
    minutes: String(event.minutes),
    labels: labels.join("\n"),
    ...care,
  };
};

/** What is sent: the venue's clock becomes a moment, and no code is the empty one. */
export function bodyOf(typed: Partial<Form>, zone: string): Record<string, unknown> {
  const moments = (["starts", "ends"] as const).flatMap((name) =>
    typed[name] === undefined ? [] : [[name, momentOf(typed[name], zone)]],
  );
  const code = "join_code" in typed ? { join_code: typed.join_code ?? "" } : {};
  const lead = "safety_lead" in typed ? { safety_lead: typed.safety_lead || null } : {};
  const keep = "keep_days" in typed ? { keep_days: Number(typed.keep_days) } : {};
  const minutes = "minutes" in typed ? { minutes: Number(typed.minutes) } : {};
  const labels = "labels" in typed ? { labels: linesOf(typed.labels ?? "") } : {};
  return { ...typed, ...Object.fromEntries(moments), ...code, ...lead, ...keep, ...minutes, ...labels };
}

/** A field's value as people read it. */
function sayDay(value: string, field: keyof Form, colleagues: readonly Colleague[]): string {
  if (field === "safety_lead") return colleagues.find(({ id }) => id === value)?.name ?? t("leadFirst");
  if (field === "review" || field === "mixing") return t(value as "before" | "safe");
  if (field === "labels") return linesOf(value).join(", ");
  return value.replace(/^(\d{4}-\d\d-\d\d)T/, "$1 ");
}

function DayForm({ event, copy, settings }: DayProps & { settings: StaffCopy<Desk> & { value: Desk } }) {
  const colleagues = useStaff<Colleague[]>(colleaguesPath(event.slug)).value ?? [];
  const settling = useSettling<Form>(
    `day:${event.id}`,
    formOf(event, settings.value),
    async (typed) => {
      const { body, etag } = await changeDay(event.slug, bodyOf(typed, event.timezone), copy.etag ?? "");
      await settings.again();
      copy.learn(body, etag);
      if (body.slug === event.slug) return;
      await lookWho();
      go(`/desk/${body.slug}/people#day`, { replace: true });
    },
    reread(copy, settings),
  );
  const { form, write, errors } = settling;
  if (!form) return <Skeleton lines={6} />;
  const line = (name: "title" | "tagline" | "venue", label: string) => (
    <TextBox label={label} value={form[name]} error={errors[name]} onInput={(value) => write({ [name]: value })} />
  );
  return (
    <form class="stack" onSubmit={submits(settling.save)} noValidate>
      {line("title", t("name"))}
      {line("tagline", t("tagline"))}
      {line("venue", t("venue"))}
      <TextBox
        label={t("about")}
        rows={4}
        value={form.about}
        error={errors.about}
        onInput={(about) => write({ about })}
      />
      <When
        label={t("starts")}
        zone={event.timezone}
        value={form.starts}
        error={errors.starts}
        onChange={(starts) => write({ starts })}
      />
      <When
        label={t("ends")}
        zone={event.timezone}
        value={form.ends}
        error={errors.ends}
        onChange={(ends) => write({ ends })}
      />
      <Choice
        legend={t("review")}
        value={form.review}
        onChange={(review) => write({ review })}
        options={[
          { value: "before", label: t("before"), hint: t("beforeHint") },
          { value: "after", label: t("after"), hint: t("afterHint") },
          { value: "closed", label: t("closed") },
        ]}
      />
      <Choice
        legend={t("mixing")}
        value={form.mixing}
        onChange={(mixing) => write({ mixing })}
        options={[
          { value: "safe", label: t("safe"), hint: t("safeHint") },
          { value: "gentle", label: t("gentle") },
          { value: "off", label: t("off"), hint: t("offHint") },
        ]}
      />
      <TextBox
        label={t("joinCode")}
        hint={event.join_code && form.join_code !== null ? t("joinCodeOn") : t("joinCodeHint")}
        error={errors.join_code}
        value={form.join_code ?? ""}
        onInput={(code) => write({ join_code: code })}
      />
      {event.join_code && form.join_code !== null && (
        <Button onClick={() => write({ join_code: null })}>{t("joinCodeDrop")}</Button>
      )}
      <Select
        label={t("lead")}
        hint={t("leadHint")}
        error={errors.safety_lead}
        value={form.safety_lead}
        options={[
          { value: "", label: t("leadFirst") },
          ...colleagues
            .filter(({ roles }) => roles.includes("organiser") || roles.includes("moderator"))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(lead) => write({ safety_lead: lead })}
      />
      <TextBox
        label={t("dayLabels")}
        hint={t("dayLabelsHint")}
        rows={4}
        error={errors.labels}
        value={form.labels}
        onInput={(labels) => write({ labels })}
      />
      <TextBox
        label={t("minutes")}
        hint={t("minutesHint")}
        inputmode="numeric"
        error={errors.minutes}
        value={form.minutes}
        onInput={(minutes) => write({ minutes: minutes.replace(/\D/g, "") })}
      />
      <TextBox
        label={t("keepDays")}
        hint={t("keepDaysHint")}
        inputmode="numeric"
        error={errors.keep_days}
        value={form.keep_days}
        onInput={(days) => write({ keep_days: days.replace(/\D/g, "") })}
      />
      <details>
        <summary class="line-name">{t("further")}</summary>
        <div class="stack">
          <TextBox
            label={t("slug")}
            hint={t("slugHint")}
            value={form.slug}
            error={errors.slug}
            onInput={(slug) => write({ slug: slug.toLowerCase() })}
          />
          <Zone
            label={t("timezone")}
            hint={t("timezoneHint")}
            value={form.timezone}
            error={errors.timezone}
            onChange={(timezone) => write({ timezone })}
          />
          <TextBox
            label={t("language")}
            hint={t("languageHint")}
            value={form.language}
            error={errors.language}
            onInput={(language) => write({ language })}
          />
          <Tick label={t("proof")} hint={t("proofHint")} checked={form.proof} onChange={(proof) => write({ proof })} />
        </div>
      </details>
      <HelpLines
        lines={form.help_lines}
        reviewed={form.help_reviewed}
        error={errors.help_lines ?? errors.help_reviewed}
        onChange={write}
      />
      <FormFoot
        settling={settling}
        say={(value, field) => sayDay(value, field, colleagues)}
        names={{
          title: t("name"),
          tagline: t("tagline"),
          venue: t("venue"),
          about: t("about"),
          starts: t("starts"),
          ends: t("ends"),
          help_lines: t("helpLines"),
          help_reviewed: t("reviewed"),
          safety_lead: t("lead"),
          keep_days: t("keepDays"),
          minutes: t("minutes"),
          labels: t("dayLabels"),
          review: t("review"),
          mixing: t("mixing"),
          join_code: t("joinCode"),
          slug: t("slug"),
          timezone: t("timezone"),
          language: t("language"),
          proof: t("proof"),
        }}
      />
    </form>
  );
}
