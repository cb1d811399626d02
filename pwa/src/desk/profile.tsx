import { useState } from "preact/hooks";
import { Button, Notice, Skeleton, Status, TextBox, Tick, Title } from "../lib/ui";
import type { OwnSurgeon } from "../lib/wire";
import { learnSurgeon } from "./account";
import { changeSurgeon } from "./calls";
import { FormFoot, submits } from "./form-foot";
import { linesOf, linksOf, textOf } from "./lines";
import { excuse } from "./reading";
import { t } from "./settings-words";
import { useSettling } from "./settling";

const CHOOSABLE = ["headline", "pronouns", "labels", "about", "links"] as const;

const FIELD = {
  headline: "headlineShort",
  pronouns: "pronouns",
  labels: "labels",
  about: "profileAbout",
  links: "links",
} as const;

interface Form {
  name: string;
  pronouns: string;
  headline: string;
  labels: string;
  about: string;
  links: string;
  public: string[];
}

const formOf = ({ name, pronouns, headline, labels, about, links, public: open }: OwnSurgeon): Form => ({
  name,
  pronouns,
  headline,
  about,
  labels: labels.join("\n"),
  links: textOf(links),
  public: CHOOSABLE.filter((field) => open.includes(field)),
});

/** A surgeon's own profile: own words, and which of them everybody may read. */
export function Profile({ surgeon, slug }: { surgeon: OwnSurgeon; slug: string }) {
  const settling = useSettling<Form>(
    `profile:${surgeon.id}`,
    formOf(surgeon),
    async (typed) => learnSurgeon(await changeSurgeon(surgeon.id, bodyOf(typed))),
    async () => undefined,
  );
  const { form, write, errors } = settling;
  if (!form) return <Skeleton page lines={6} />;
  const badLink = linksOf(form.links).bad;
  const open = (field: (typeof CHOOSABLE)[number]) => (
    <Tick
      label={t("public", { field: t(FIELD[field]) })}
      checked={form.public.includes(field)}
      onChange={(on) => write({ public: CHOOSABLE.filter((one) => (one === field ? on : form.public.includes(one))) })}
    />
  );
  return (
    <div class="stack">
      <Title>{t("profileTitle")}</Title>
      <p>{t("profileLead")}</p>
      <Publication surgeon={surgeon} slug={slug} />
      <form class="stack" onSubmit={submits(() => badLink === null && settling.save())} noValidate>
        <TextBox label={t("profileName")} value={form.name} error={errors.name} onInput={(name) => write({ name })} />
        <TextBox
          label={t("headline")}
          limit={140}
          value={form.headline}
          error={errors.headline}
          onInput={(headline) => write({ headline })}
        />
        {open("headline")}
        <TextBox
          label={t("pronouns")}
          value={form.pronouns}
          error={errors.pronouns}
          onInput={(pronouns) => write({ pronouns })}
        />
        {open("pronouns")}
        <TextBox
          label={t("labels")}
          hint={t("labelsHint")}
          rows={3}
          value={form.labels}
          error={errors.labels}
          onInput={(labels) => write({ labels })}
        />
        {open("labels")}
        <TextBox
          label={t("profileAbout")}
          rows={6}
          limit={4000}
          value={form.about}
          error={errors.about}
          onInput={(about) => write({ about })}
        />
        {open("about")}
        <TextBox
          label={t("links")}
          hint={t("linksHint")}
          rows={3}
          value={form.links}
          error={errors.links ?? (badLink && t("badLink", { line: badLink }))}
          onInput={(links) => write({ links })}
        />
        {open("links")}
        <FormFoot settling={settling} />
      </form>
    </div>
  );
}

function bodyOf({ labels, links, ...typed }: Partial<Form>): Partial<OwnSurgeon> {
  return {
    ...typed,
    ...(labels !== undefined && { labels: linesOf(labels) }),
    ...(links !== undefined && { links: linksOf(links).links }),
  };
}

function Publication({ surgeon, slug }: { surgeon: OwnSurgeon; slug: string }) {
  const [error, setError] = useState("");
  const flip = () =>
    changeSurgeon(surgeon.id, { published: !surgeon.published }).then(
      (changed) => {
        setError("");
        learnSurgeon(changed);
      },
      (reason) => setError(excuse(reason, t("offline"))),
    );
  return (
    <section class="card stack">
      <p role="status">
        <Status kind={surgeon.published ? "good" : "warn"}>{t(surgeon.published ? "published" : "unpublished")}</Status>{" "}
        {t(surgeon.published ? "profilePublished" : "profileUnpublished")}
      </p>
      {error && <Notice kind="wrong">{error}</Notice>}
      <p class="row">
        <Button look={surgeon.published ? "plain" : "main"} onClick={() => void flip()}>
          {t(surgeon.published ? "unpublishProfile" : "publishProfile")}
        </Button>
        {surgeon.published && slug && <a href={`/e/${slug}/surgeons/${surgeon.id}`}>{t("see")}</a>}
      </p>
    </section>
  );
}
