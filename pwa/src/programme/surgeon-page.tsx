import { useEffect, useState } from "preact/hooks";
import { type Copy, refresh, useCopy } from "../lib/copies";
import { nowIn } from "../lib/time";
import { LinkButton, PlainText, Reading, Title } from "../lib/ui";
import type { EventDay, Surgeon } from "../lib/wire";
import { surgeonPath } from "./calls";
import { WithEvent } from "./event";
import { Face } from "./face";
import { Links, SessionRow } from "./parts";
import { Here, Labels } from "./surgeons-page";
import { t } from "./words";

export function SurgeonPage({ event, id }: { event: string; id: string }) {
  return <WithEvent event={event}>{(day) => <Profile event={day} id={id} />}</WithEvent>;
}

function Profile({ event, id }: { event: EventDay; id: string }) {
  const path = surgeonPath(id);
  const copy = useProfile(event.slug, id);
  return (
    <Reading inner copy={copy} again={() => void refresh(path)} gone={<NotHere slug={event.slug} />}>
      {(surgeon) => (
        <div class="stack">
          <p>
            <a href={`/e/${event.slug}/surgeons`}>{t("backSurgeons")}</a>
          </p>
          <div class="profile-top">
            <Face surgeon={surgeon} big />
            <Title above={surgeon.pronouns}>{surgeon.name}</Title>
          </div>
          {surgeon.headline && (
            <p class="lead" dir="auto">
              {surgeon.headline}
            </p>
          )}
          <Here surgeon={id} />
          <Labels labels={surgeon.labels} />
          {surgeon.about && <PlainText text={surgeon.about} />}
          <Links links={surgeon.links} />
          <Sessions event={event} surgeon={surgeon} />
        </div>
      )}
    </Reading>
  );
}

/** The profile: its own copy, or the one that came with the whole programme. */
function useProfile(slug: string, id: string): Copy<Surgeon> {
  const path = surgeonPath(id);
  const copy = useCopy<Surgeon>(path);
  const [spare, setSpare] = useState<Surgeon | undefined>();
  const missing = copy.standing === "offline" && copy.value === undefined;
  useEffect(() => {
    if (missing) void import("./everything").then(({ keptSurgeon }) => keptSurgeon(slug, id)).then(setSpare);
  }, [missing, slug, id]);
  return missing && spare ? { ...copy, value: spare, at: copy.at || Date.now() } : copy;
}

function Sessions({ event, surgeon }: { event: EventDay; surgeon: Surgeon }) {
  const theirs = event.sessions.filter((one) => surgeon.sessions.includes(one.id));
  const [first] = theirs.filter((one) => one.state === "planned");
  if (theirs.length === 0) return null;
  return (
    <section class="section">
      <h2>{t("sessionsOf", { name: surgeon.name })}</h2>
      <ul class="sessions">
        {theirs.map((one) => (
          <SessionRow key={one.id} session={one} zone={event.timezone} time="day" now={nowIn(event)} />
        ))}
      </ul>
      {first && (
        <p class="section">
          <LinkButton look="main" href={`/s/${first.code}/ask`}>
            {t("ask")}
          </LinkButton>
        </p>
      )}
    </section>
  );
}

function NotHere({ slug }: { slug: string }) {
  return (
    <>
      <Title>{t("surgeonNone")}</Title>
      <p>{t("surgeonNoneHint")}</p>
      <p>
        <a href={`/e/${slug}/surgeons`}>{t("backSurgeons")}</a>
      </p>
    </>
  );
}
