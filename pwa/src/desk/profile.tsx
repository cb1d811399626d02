import { useState } from "preact/hooks";
import { Button, Notice, Skeleton, Status, TextBox, Tick, Title } from "../lib/ui";
import type { OwnSurgeon } from "../lib/wire";
import { changeSurgeon, ownSurgeonPath } from "./calls";
import { FormFoot } from "./form-foot";
import { linesOf, linksOf, textOf } from "./lines";
import { submits } from "./parts";
import { Photo } from "./photo";
import { excuse, useStaff } from "./reading";
import { t } from "./settings-words";
import { useSettling } from "./settling";

const CHOOSABLE = ["headline", "pronouns", "labels", "about", "links", "photo"] as const;

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

interface Props {
  surgeon: OwnSurgeon;
  slug: string;
  onChange: (surgeon: OwnSurgeon) => void;
}

/** A surgeon's own profile: own words, and which of them everybody may read. */
export function Profile(props: Props) {
  return (
    <div class="stack">
      <Title>{t("profileTitle")}</Title>
      <p>{t("profileLead")}</p>
      <Publication {...props} />
      <ProfileForm {...props} />
    </div>
  );
}

/** What a profile says, and which of it everybody may read. */
export function ProfileForm({ surgeon, onChange }: Omit<Props, "slug">) {
  const copy = useStaff<OwnSurgeon>(ownSurgeonPath(surgeon.id));
  const settling = useSettling<Form>(
    `profile:${surgeon.id}`,
    formOf(copy.value ?? surgeon),
    async (typed) => {
      const { body, etag } = await changeSurgeon(surgeon.id, bodyOf(typed), copy.etag);
      copy.learn(body, etag);
      onChange(body);
    },
    copy.again,
  );
  const { form, write, errors } = settling;
  if (!form) return <Skeleton lines={6} />;
  const badLink = linksOf(form.links).bad;
  const open = (field: (typeof CHOOSABLE)[number]) => (
    <Tick
      label={field === "photo" ? t("publicPhoto") : t("public", { field: t(FIELD[field]) })}
      checked={form.public.includes(field)}
      onChange={(on) => write({ public: CHOOSABLE.filter((one) => (one === field ? on : form.public.includes(one))) })}
    />
  );
  return (
    <div class="stack">
      <Photo surgeon={surgeon} onChange={onChange} />
      <form class="stack" onSubmit={submits(() => badLink === null && settling.save())} noValidate>
        {open("photo")}
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
        <FormFoot
          settling={settling}
          names={{
            name: t("profileName"),
            headline: t("headlineShort"),
            pronouns: t("pronouns"),
            labels: t("labels"),
            about: t("profileAbout"),
            links: t("links"),
          }}
        />
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

function Publication({ surgeon, slug, onChange }: Props) {
  const [error, setError] = useState("");
  const flip = () =>
    changeSurgeon(surgeon.id, { published: !surgeon.published }).then(
      ({ body }) => {
        setError("");
        onChange(body);
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
