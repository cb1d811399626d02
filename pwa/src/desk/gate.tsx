import "./style.css";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useCopy } from "../lib/copies";
import { Skeleton, Title } from "../lib/ui";
import type { EventDay, StaffRole } from "../lib/wire";
import { eventPath } from "../programme/calls";
import { comeBack, me, narrowAt, rolesAt, signOut, standing } from "./account";
import { wakeDoor } from "./door-wake";
import { SignIn } from "./sign-in";
import { t } from "./words";

type Tool = "reviews" | "table" | "door" | "board" | "answers" | "people" | "report" | "acts";
type Place = "home" | "kindness" | Tool;

/** Lets in whoever is signed in; asks others to, without leaving the page. */
export function Gate({ children }: { children: () => ComponentChildren }) {
  useEffect(() => void comeBack().then(wakeDoor), []);
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

const ALL: readonly { place: Tool; roles: readonly StaffRole[] }[] = [
  { place: "reviews", roles: ["moderator", "organiser"] },
  { place: "table", roles: ["surgeon", "organiser"] },
  { place: "door", roles: ["door", "organiser"] },
  { place: "answers", roles: ["surgeon", "moderator", "organiser"] },
  { place: "board", roles: ["door", "surgeon", "moderator", "organiser"] },
  { place: "people", roles: ["organiser"] },
  { place: "report", roles: ["organiser"] },
  { place: "acts", roles: ["moderator", "organiser"] },
];

/** The tools of an event that its holder of `roles` may use; a table is for those people can be called to. */
export const toolsFor = (roles: readonly StaffRole[], narrow = false) =>
  ALL.filter((tool) => tool.roles.some((role) => roles.includes(role)))
    // Somebody who helps in one session decides there, and nothing else.
    .filter(({ place }) => !narrow || place === "reviews")
    .filter(({ place }) => place !== "table" || me()?.surgeon)
    .map(({ place }) => place);

/** What a phone's band leaves to the first page. */
const ROOMY: readonly Tool[] = ["acts", "board", "report"];

/** Whose desk this is, and the way to its other parts. */
export function Band({ event, place }: { event?: string; place: Place }) {
  const person = me();
  if (!person) return null;
  const held = event ? rolesAt(event) : [];
  const at = person.roles.find(({ event: { slug, code, id } }) => event && [slug, code, id].includes(event))?.event;
  return (
    <div class="band">
      <p class="band-who">
        <strong dir="auto">{t("bandWho", { name: person.name })}</strong>
        {at && (
          <span class="small">{t("band", { role: held.map((role) => t(role)).join(", "), event: at.title })}</span>
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
            toolsFor(held, narrowAt(event)).map((tool) => (
              <li key={tool} class={ROOMY.includes(tool) ? "roomy" : undefined}>
                <a href={`/desk/${event}/${tool}`} aria-current={place === tool ? "page" : undefined}>
                  {t(tool)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      {at?.closed && <p class="band-closed">{t("closed")}</p>}
      {at?.state === "published" && !at.closed && <Rehearses event={at.slug} />}
    </div>
  );
}

/** That a rehearsal runs stands in the day that everybody reads. */
function Rehearses({ event }: { event: string }) {
  const { value } = useCopy<EventDay>(eventPath(event));
  return value?.rehearsal ? <p class="band-closed">{t("rehearses")}</p> : null;
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
