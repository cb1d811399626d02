import { useState } from "preact/hooks";
import { Button, Choice, Field, Notice, Skeleton, Status, TextBox } from "../lib/ui";
import type { EventDay, EventState } from "../lib/wire";
import { changeDay } from "./calls";
import { FormFoot, submits } from "./form-foot";
import { HelpLines } from "./help-lines";
import { momentOf, wallOf } from "./moment";
import { excuse, type StaffCopy } from "./reading";
import { t } from "./settings-words";
import { useSettling } from "./settling";

interface DayProps {
  event: EventDay;
  copy: StaffCopy<EventDay>;
}

/** What the day is like, and whether everybody sees it. */
export function Day({ event, copy }: DayProps) {
  return (
    <div class="stack-wide">
      <Publication event={event} copy={copy} />
      <DayForm event={event} copy={copy} />
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

function Publication({ event, copy }: DayProps) {
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
      await copy.again();
    }
  };
  return (
    <section class="card stack">
      <p>
        <Status kind={event.state === "published" ? "good" : "warn"}>{t(STATE[event.state])}</Status>{" "}
        {t(`${event.state}Hint`)}
      </p>
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
  "title" | "tagline" | "venue" | "about" | "review" | "mixing" | "help_lines" | "help_reviewed"
> & {
  starts: string;
  ends: string;
  /** "": as it is · null: none is asked for any more */
  join_code: string | null;
};

const formOf = (event: EventDay): Form => {
  const { title, tagline, venue, about, review, mixing, help_lines, help_reviewed, timezone } = event;
  const [starts, ends] = [wallOf(event.starts, timezone), wallOf(event.ends, timezone)];
  return { title, tagline, venue, about, review, mixing, help_lines, help_reviewed, starts, ends, join_code: "" };
};

/** What is sent: the venue's clock becomes a moment, and no code is the empty one. */
export function bodyOf(typed: Partial<Form>, zone: string): Record<string, unknown> {
  const moments = (["starts", "ends"] as const).flatMap((name) =>
    typed[name] === undefined ? [] : [[name, momentOf(typed[name], zone)]],
  );
  const code = "join_code" in typed ? { join_code: typed.join_code ?? "" } : {};
  return { ...typed, ...Object.fromEntries(moments), ...code };
}

function DayForm({ event, copy }: DayProps) {
  const settling = useSettling<Form>(
    `day:${event.id}`,
    formOf(event),
    async (typed) => {
      const { body, etag } = await changeDay(event.slug, bodyOf(typed, event.timezone), copy.etag ?? "");
      copy.learn(body, etag);
    },
    copy.again,
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
      <HelpLines
        lines={form.help_lines}
        reviewed={form.help_reviewed}
        error={errors.help_lines ?? errors.help_reviewed}
        onChange={write}
      />
      <FormFoot
        settling={settling}
        names={{
          title: t("name"),
          tagline: t("tagline"),
          venue: t("venue"),
          about: t("about"),
          starts: t("starts"),
          ends: t("ends"),
          help_lines: t("helpLines"),
          help_reviewed: t("reviewed"),
        }}
      />
    </form>
  );
}

/** A day and a time on the clock of the venue. */
export function When({
  label,
  zone,
  value,
  error,
  onChange,
}: {
  label: string;
  zone: string;
  value: string;
  error?: string | undefined;
  onChange: (wall: string) => void;
}) {
  return (
    <Field label={label} hint={t("zone", { zone })} error={error}>
      {(wiring) => (
        <input
          type="datetime-local"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
          {...wiring}
        />
      )}
    </Field>
  );
}
