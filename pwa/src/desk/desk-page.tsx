import "./style.css";
import { useEffect } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { place } from "../lib/router";
import { nowIn, when } from "../lib/time";
import { Empty, LinkButton, Skeleton, Status, Title } from "../lib/ui";
import type { Desk, EventCard, StaffRole } from "../lib/wire";
import { lookWho, me } from "./account";
import { deskPath } from "./calls";
import { Band, Gate, toolsFor } from "./gate";
import { t } from "./home-words";
import { useStaff } from "./reading";
import { DemoHint } from "./sign-in";
import { t as desk } from "./words";

/** The first page after signing in: one's events, what waits there, and the way to each tool. */
export function DeskPage() {
  return <Gate>{() => <Home />}</Gate>;
}

function Home() {
  const person = me();
  const profile = useLazy(() => import("./profile"), place.value.hash === "profile");
  // Roles may have come since this page was opened.
  useEffect(() => void lookWho().catch(() => undefined), []);
  if (!person) return null;
  if (place.value.hash === "profile" && person.surgeon)
    return (
      <div class="desk">
        <Band place="home" />
        {profile ? (
          <profile.Profile surgeon={person.surgeon} slug={person.roles[0]?.event.slug ?? ""} />
        ) : (
          <Skeleton page />
        )}
      </div>
    );
  return (
    <div class="desk stack">
      <Band place="home" />
      <Title>{t("title")}</Title>
      {person.roles.length === 0 && (
        <Empty title={t("none")}>
          <p>{t("noneHint")}</p>
        </Empty>
      )}
      <ul class="cards">
        {eventsOf(person.roles).map(({ event, roles }) => (
          <li key={event.id}>
            <AtEvent event={event} roles={roles} />
          </li>
        ))}
      </ul>
      {person.surgeon && (
        <section class="card stack">
          <h2>{t("profile")}</h2>
          <p>
            <Status kind={person.surgeon.published ? "good" : "warn"}>
              {t(person.surgeon.published ? "published" : "unpublished")}
            </Status>{" "}
            {person.surgeon.name}
          </p>
          <p>
            <LinkButton href="/desk#profile">{t("editProfile")}</LinkButton>
          </p>
        </section>
      )}
      <DemoHint />
    </div>
  );
}

/** Each event once, with all roles one has there. */
export function eventsOf(held: { event: EventCard; role: StaffRole }[]): { event: EventCard; roles: StaffRole[] }[] {
  const found = new Map<string, { event: EventCard; roles: StaffRole[] }>();
  for (const { event, role } of held)
    found.set(event.id, { event, roles: [...(found.get(event.id)?.roles ?? []), role] });
  return [...found.values()];
}

const EVERY = 10_000;

function AtEvent({ event, roles }: { event: EventCard; roles: StaffRole[] }) {
  const copy = useStaff<Desk>(deskPath(event.slug), EVERY);
  const { slug } = event;
  const counts = copy.value?.counts;
  const reviews = toolsFor(roles).includes("reviews");
  return (
    <section class="card stack" aria-label={event.title}>
      <h2 dir="auto">{event.title}</h2>
      <p class="small">
        {when(event, event.timezone, nowIn(event))} · {roles.map((role) => desk(role)).join(", ")}
      </p>
      {event.state !== "published" && (
        <p>
          <Status kind="warn">{t(event.state)}</Status>
        </p>
      )}
      {reviews && counts && (
        <p role="status">
          <strong>{counts.held ? t("held", { n: counts.held }) : t("nothing")}</strong>
          {counts.approved > 0 && <span class="muted"> · {t("approved", { n: counts.approved })}</span>}
        </p>
      )}
      {copy.standing === "offline" && <p class="small">{t("offline")}</p>}
      <p class="row">
        {toolsFor(roles).map((tool, at) => (
          <LinkButton key={tool} look={at === 0 ? "main" : "plain"} href={`/desk/${slug}/${tool}`}>
            {t(tool)}
          </LinkButton>
        ))}
      </p>
      <p>
        <a href={`/e/${slug}`}>{t("asOthers")}</a>
      </p>
    </section>
  );
}
