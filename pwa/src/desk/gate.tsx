import "./style.css";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Skeleton, Title } from "../lib/ui";
import type { StaffRole } from "../lib/wire";
import { comeBack, me, rolesAt, signOut, standing } from "./account";
import { SignIn } from "./sign-in";
import { t } from "./words";

type Place = "home" | "reviews" | "answers" | "people";

/** Lets in whoever is signed in; asks others to, without leaving the page. */
export function Gate({ children }: { children: () => ComponentChildren }) {
  useEffect(() => void comeBack(), []);
  const state = standing();
  if (state === "starting") return <Skeleton page lines={5} />;
  if (state === "in") return <div>{children()}</div>;
  return <SignIn />;
}

interface DeskProps {
  /** Slug of the event. */
  event: string;
  place: Exclude<Place, "home">;
  /** Who may be here, and in words. */
  roles: readonly StaffRole[];
  who: string;
  wide?: boolean;
  children: () => ComponentChildren;
}

/** One tool of an event's desk: the band, then the tool, or why it is not for this person. */
export function DeskOf({ event, place, roles, who, wide, children }: DeskProps) {
  return (
    <Gate>
      {() => {
        const held = rolesAt(event);
        return (
          <div class={wide ? "desk desk-wide" : "desk"}>
            <Band event={event} place={place} />
            {held.length === 0 ? (
              <Gone />
            ) : held.some((role) => roles.includes(role)) ? (
              children()
            ) : (
              <NotYours who={who} />
            )}
          </div>
        );
      }}
    </Gate>
  );
}

const ALL: readonly { place: Exclude<Place, "home">; roles: readonly StaffRole[] }[] = [
  { place: "reviews", roles: ["moderator", "organiser"] },
  { place: "answers", roles: ["surgeon", "moderator", "organiser"] },
  { place: "people", roles: ["organiser"] },
];

/** The tools of an event that its holder of `roles` may use. */
export const toolsFor = (roles: readonly StaffRole[]) =>
  ALL.filter((tool) => tool.roles.some((role) => roles.includes(role))).map(({ place }) => place);

/** Whose desk this is, and the way to its other parts. */
export function Band({ event, place }: { event?: string; place: Place }) {
  const person = me();
  if (!person) return null;
  const held = event ? rolesAt(event) : [];
  const title = person.roles.find(({ event: { slug, code, id } }) => event && [slug, code, id].includes(event))?.event
    .title;
  return (
    <div class="band">
      <p class="band-who">
        <strong dir="auto">{t("bandWho", { name: person.name })}</strong>
        {title && (
          <span class="small">{t("band", { role: held.map((role) => t(role)).join(", "), event: title })}</span>
        )}
      </p>
      <button type="button" class="band-out" onClick={() => void signOut()}>
        {t("signOut")}
      </button>
      <nav aria-label={t("nav")}>
        <ul>
          <li>
            <a href="/desk" aria-current={place === "home" ? "page" : undefined}>
              {t("home")}
            </a>
          </li>
          {event &&
            toolsFor(held).map((tool) => (
              <li key={tool}>
                <a href={`/desk/${event}/${tool}`} aria-current={place === tool ? "page" : undefined}>
                  {t(tool)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
    </div>
  );
}

export function NotYours({ who }: { who: string }) {
  return (
    <div class="stack">
      <Title>{t("notYoursTitle")}</Title>
      <p>{t("notYours", { name: me()?.name ?? "", who })}</p>
      <p>
        <a href="/desk">{t("toDesk")}</a>
      </p>
    </div>
  );
}

function Gone() {
  return (
    <div class="stack">
      <Title>{t("goneTitle")}</Title>
      <p>{t("gone")}</p>
      <p>
        <a href="/desk">{t("toDesk")}</a>
      </p>
    </div>
  );
}
