import { useState } from "preact/hooks";
import { Problem } from "../../lib/http";
import { go } from "../../lib/router";
import { folded } from "../../lib/text";
import { ownZone } from "../../lib/time";
import { Button, Field, TextBox } from "../../lib/ui";
import { speak } from "../../lib/words";
import { lookWho } from "../account";
import { useDraft } from "../draft";
import { momentOf } from "../moment";
import { submits } from "../parts";
import { excuse } from "../reading";
import { Zone } from "../zone";
import { foundDay } from "./found-calls";

const t = speak("desk-founding", {
  open: "A new day",
  hint: "A draft that only you see, until you publish it. Rooms, sessions and people come next. To make one like an old day, open that day, “More”.",
  name: "Title",
  date: "Date",
  from: "Starts at",
  to: "Ends at",
  venue: "Where",
  zone: "Time zone",
  slug: "Address",
  slugHint: "People read it in links: small letters, digits and hyphens.",
  need: "Please fill this in.",
  wrongZone: "Please give a time zone as in the list, such as Europe/London.",
  late: "It ends before it starts.",
  make: "Make the draft",
  close: "Close",
  offline: "That did not reach the server. What you typed is kept on this phone; please try again.",
});

const EMPTY = { title: "", date: "", from: "10:00", to: "16:00", venue: "", zone: ownZone, slug: "" };
type Form = typeof EMPTY;
type Errors = Partial<Record<keyof Form | "form", string>>;
const NEEDED = ["title", "date", "from", "to", "zone", "slug"] as const;

/** "Spring surgery, Leeds" becomes "spring-surgery-leeds". */
export const slugOf = (title: string): string =>
  folded(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");

/** What is sent of the form. */
export function bodyOf({ title, date, from, to, venue, zone, slug }: Form): Record<string, string> {
  return {
    title: title.trim(),
    slug,
    venue: venue.trim(),
    timezone: zone,
    starts: momentOf(`${date}T${from}`, zone),
    ends: momentOf(`${date}T${to}`, zone),
  };
}

/** What is missing or cannot be. */
export function wrongWith(form: Form): Errors {
  const missing = NEEDED.filter((name) => !form[name].trim());
  if (missing.length > 0) return Object.fromEntries(missing.map((name) => [name, t("need")]));
  try {
    momentOf(`${form.date}T${form.from}`, form.zone);
  } catch {
    return { zone: t("wrongZone") };
  }
  return form.to <= form.from ? { to: t("late") } : {};
}

/** Sets up another day; whoever does lands on its desk. */
export function Founding() {
  const [open, setOpen] = useState(false);
  const draft = useDraft<Form>("founding", EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  if (!draft.value) return null;
  const typed = draft.value;
  const form = { ...typed, slug: typed.slug || slugOf(typed.title) };
  const write = (some: Partial<Form>) => draft.write({ ...typed, ...some });
  if (!open && !typed.title)
    return (
      <p>
        <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      </p>
    );
  const close = () => {
    draft.drop();
    setErrors({});
    setOpen(false);
  };
  const make = async () => {
    if (busy) return;
    const wrong = wrongWith(form);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const made = await foundDay(bodyOf(form));
      draft.drop();
      await lookWho();
      go(`/desk/${made.slug}/people#day`);
    } catch (reason) {
      setErrors(wrongIn(reason));
    }
    setBusy(false);
  };
  return (
    <form class="card stack" onSubmit={submits(() => void make())} aria-label={t("open")} noValidate>
      <h2>{t("open")}</h2>
      <p class="hint">{t("hint")}</p>
      <TextBox label={t("name")} value={form.title} error={errors.title} onInput={(title) => write({ title })} />
      <Field label={t("date")} error={errors.date}>
        {(wiring) => (
          <input
            type="date"
            value={form.date}
            onInput={(event) => write({ date: event.currentTarget.value })}
            {...wiring}
          />
        )}
      </Field>
      {(["from", "to"] as const).map((name) => (
        <Field key={name} label={t(name)} error={errors[name]}>
          {(wiring) => (
            <input
              type="time"
              value={form[name]}
              onInput={(event) => write({ [name]: event.currentTarget.value })}
              {...wiring}
            />
          )}
        </Field>
      ))}
      <Zone label={t("zone")} value={form.zone} error={errors.zone} onChange={(zone) => write({ zone })} />
      <TextBox label={t("venue")} value={form.venue} error={errors.venue} onInput={(venue) => write({ venue })} />
      <TextBox
        label={t("slug")}
        hint={t("slugHint")}
        value={form.slug}
        error={errors.slug}
        onInput={(slug) => write({ slug: slug.toLowerCase() })}
      />
      {errors.form && (
        <p class="error" role="alert">
          {errors.form}
        </p>
      )}
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("make")}
        </Button>
        <Button onClick={close}>{t("close")}</Button>
      </p>
    </form>
  );
}

const FIELDS: Partial<Record<string, keyof Form>> = {
  title: "title",
  slug: "slug",
  venue: "venue",
  timezone: "zone",
  starts: "from",
  ends: "to",
};

/** What stands at which field; an address that is taken stands at the address. */
function wrongIn(reason: unknown): Errors {
  if (reason instanceof Problem && reason.code === "slug-taken") return { slug: reason.message };
  if (reason instanceof Problem && reason.errors.length > 0)
    return Object.fromEntries(reason.errors.map(({ attr, detail }) => [FIELDS[attr] ?? "form", detail]));
  return { form: excuse(reason, t("offline")) };
}
