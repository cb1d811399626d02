import { useState } from "preact/hooks";
import { Problem } from "../../lib/http";
import { go } from "../../lib/router";
import { Button, Field, TextBox } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import { lookWho } from "../account";
import { useDraft } from "../draft";
import { submits } from "../parts";
import { excuse } from "../reading";
import { cloneDay } from "./calls";
import { t } from "./more-words";

const EMPTY = { title: "", slug: "", starts: "" };
type Form = typeof EMPTY;
const NAMES = ["title", "slug", "starts"] as const;

/** A new draft like this day; whoever makes it lands on its desk. */
export function Cloning({ event }: { event: EventDay }) {
  const draft = useDraft<Form>(`clone:${event.id}`, EMPTY);
  const [errors, setErrors] = useState<Partial<Record<keyof Form | "form", string>>>({});
  const [busy, setBusy] = useState(false);
  if (!draft.value) return null;
  const form = draft.value;
  const write = (some: Partial<Form>) => draft.write({ ...form, ...some });
  const make = async () => {
    if (busy) return;
    const wrong = Object.fromEntries(NAMES.filter((name) => !form[name].trim()).map((name) => [name, t("need")]));
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const made = await cloneDay(event.slug, { ...form, title: form.title.trim(), slug: form.slug.trim() });
      draft.drop();
      await lookWho();
      go(`/desk/${made.slug}/people#day`);
    } catch (reason) {
      setErrors(wrongIn(reason));
    }
    setBusy(false);
  };
  return (
    <form class="card stack" onSubmit={submits(() => void make())} aria-label={t("clone")} noValidate>
      <h2>{t("clone")}</h2>
      <p class="hint">{t("cloneHint")}</p>
      <TextBox label={t("title")} value={form.title} error={errors.title} onInput={(title) => write({ title })} />
      <TextBox
        label={t("slug")}
        hint={t("slugHint")}
        value={form.slug}
        error={errors.slug}
        onInput={(slug) => write({ slug: slug.toLowerCase() })}
      />
      <Field label={t("starts")} error={errors.starts}>
        {(wiring) => (
          <input
            type="date"
            value={form.starts}
            onInput={(typed) => write({ starts: typed.currentTarget.value })}
            {...wiring}
          />
        )}
      </Field>
      {errors.form && (
        <p class="error" role="alert">
          {errors.form}
        </p>
      )}
      <Button type="submit" busy={busy}>
        {t("make")}
      </Button>
    </form>
  );
}

/** What stands at which field; an address that is taken stands at the address. */
function wrongIn(reason: unknown): Partial<Record<keyof Form | "form", string>> {
  if (reason instanceof Problem && reason.code === "slug-taken") return { slug: reason.message };
  if (reason instanceof Problem && reason.errors.length > 0) {
    const known = reason.errors.map(({ attr, detail }) => [NAMES.find((name) => name === attr) ?? "form", detail]);
    return Object.fromEntries(known);
  }
  return { form: excuse(reason, t("cloneOffline")) };
}
