import "./style.css";
import { useEffect } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { place } from "../lib/router";
import { clock, nowIn, shortDay, when } from "../lib/time";
import { Empty, LinkButton, Skeleton, Status, Title } from "../lib/ui";
import type { Desk, EventCard, Me } from "../lib/wire";
import { learnSurgeon, lookWho, me, narrowAt, signOutEverywhere } from "./account";
import { deskPath } from "./calls";
import { Band, Gate, toolsFor } from "./gate";
import { t } from "./home-words";
import { OwnAccount } from "./own-account";
import { useStaff } from "./reading";
import { DemoHint } from "./sign-in";
import { Sure } from "./sure";
import { t as desk } from "./words";

/** The first page after signing in: one's events, what waits there, and the way to each tool. */
export function DeskPage() {
  return <Gate>{() => <Home />}</Gate>;
}

function Home() {
  const person = me();
  const profile = useLazy(() => import("./profile"), place.value.hash === "profile");
  const founding = useLazy(() => import("./organising/founding"), runsOne(person));
  // Roles may have come since this page was opened.
  useEffect(() => void lookWho().catch(() => undefined), []);
  if (!person) return null;
  if (place.value.hash === "profile" && person.surgeon)
    return (
      <div class="desk">
        <Band place="home" />
        {profile ? (
          <profile.Profile surgeon={person.surgeon} slug={person.roles[0]?.event.slug ?? ""} onChange={learnSurgeon} />
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
        {eventsOf(person.roles).map(({ event, held }) => (
          <li key={event.id}>
            <AtEvent event={event} held={held} />
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
      {founding && <founding.Founding />}
      <OwnAccount person={person} />
      <section class="stack">
        <h2>{t("everywhereTitle")}</h2>
        <p>{t("everywhereHint")}</p>
        <Sure
          look="plain"
          label={t("everywhere")}
          question={`${t("everywhereSure")} ${person.email ? "" : t("everywhereNoPassword")}`}
          yes={t("everywhereYes")}
          no={t("everywhereNo")}
          offline={t("everywhereOffline")}
          onYes={signOutEverywhere}
        />
      </section>
      <DemoHint />
    </div>
  );
}

/** Whoever organises a day may set up another. */
const runsOne = (person: Me | null): boolean =>
  person?.roles.some(({ role, session }) => role === "organiser" && !session) ?? false;

type Held = Me["roles"][number];

/** Each event once, with all roles one has there. */
export function eventsOf(held: readonly Held[]): { event: EventCard; held: Held[] }[] {
  const found = new Map<string, { event: EventCard; held: Held[] }>();
  for (const one of held)
    found.set(one.event.id, { event: one.event, held: [...(found.get(one.event.id)?.held ?? []), one] });
  return [...found.values()];
}

const EVERY = 10_000;

function AtEvent({ event, held }: { event: EventCard; held: Held[] }) {
  const roles = held.map(({ role }) => role);
  const narrow = narrowAt(event.slug);
  const tools = toolsFor(roles, narrow);
  const copy = useStaff<Desk>(narrow ? null : deskPath(event.slug), EVERY);
  const { slug } = event;
  const counts = copy.value?.counts;
  const reviews = tools.includes("reviews");
  return (
    <section class="card stack" aria-label={event.title}>
      <h2 dir="auto">{event.title}</h2>
      <p class="small">
        {when(event, event.timezone, nowIn(event))} · {[...new Set(roles)].map((role) => desk(role)).join(", ")}
      </p>
      {held.map(
        ({ session, until }) =>
          session && (
            <p key={session.title} class="small">
              {until
                ? t("onlyIn", {
                    title: session.title,
                    time: `${shortDay(until, event.timezone)} ${clock(until, event.timezone)}`,
                  })
                : t("onlyInAlways", { title: session.title })}
            </p>
          ),
      )}
      {event.state !== "published" && (
        <p>
          <Status kind="warn">{t(event.state)}</Status>
        </p>
      )}
      {event.closed && (
        <p>
          <Status>{t("closed")}</Status>
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
        {tools.map((tool, at) => (
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
