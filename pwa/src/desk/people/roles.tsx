import { useState } from "preact/hooks";
import { Button, Notice } from "../../lib/ui";
import type { HeldRole, Page, StaffRole } from "../../lib/wire";
import { lookWho } from "../account";
import { StaffReading } from "../parts";
import { excuse, type StaffCopy, useStaff } from "../reading";
import { Sure } from "../sure";
import { WHO } from "../words";
import { makeWayIn, rolesPath, takeRole } from "./calls";
import { type Made, MadeLink } from "./made-link";
import { timeOf } from "./moment";
import { t } from "./words";

const ORDER: readonly StaffRole[] = ["organiser", "moderator", "surgeon", "door"];

interface Person {
  account: HeldRole["account"];
  me: boolean;
  roles: HeldRole[];
}

/** Everybody once, those who can do most first. */
export function byPerson(held: readonly HeldRole[]): Person[] {
  const people = new Map<string, Person>();
  const sorted = [...held].sort(
    (one, other) =>
      ORDER.indexOf(one.role) - ORDER.indexOf(other.role) || one.account.name.localeCompare(other.account.name),
  );
  for (const role of sorted) {
    const { account, me } = role;
    const person = people.get(account.id) ?? { account, me, roles: [] };
    person.roles.push(role);
    people.set(account.id, person);
  }
  return [...people.values()];
}

/** Who has which role, and how it is taken away. */
export function Roles({ event, zone, onMade }: { event: string; zone: string; onMade: () => void }) {
  const copy = useStaff<Page<HeldRole>>(rolesPath(event));
  const [said, setSaid] = useState("");
  const [made, setMade] = useState<Made | null>(null);
  return (
    <section class="stack">
      <h2>{t("who")}</h2>
      {said && <Notice kind="good">{said}</Notice>}
      {made && <MadeLink made={made} onDone={() => setMade(null)} />}
      <StaffReading copy={copy} who={WHO.people}>
        {({ results }) => (
          <ul class="own-lines">
            {byPerson(results).map((person) => (
              <li key={person.account.id}>
                <Holder
                  person={person}
                  event={event}
                  zone={zone}
                  organisers={results.filter(({ role }) => role === "organiser").length}
                  copy={copy}
                  onSaid={setSaid}
                  onMade={(link) => {
                    setMade(link);
                    onMade();
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </StaffReading>
    </section>
  );
}

interface HolderProps {
  person: Person;
  event: string;
  zone: string;
  /** How many organisers there are. */
  organisers: number;
  copy: StaffCopy<Page<HeldRole>>;
  onSaid: (said: string) => void;
  onMade: (made: Made) => void;
}

function Holder({ person: { account, me, roles }, event, zone, organisers, copy, onSaid, onMade }: HolderProps) {
  const { name, email } = account;
  const remove = async (role: HeldRole) => {
    await takeRole(event, role.id);
    onSaid(t("removed", { name }));
    await copy.again();
    if (me) await lookWho();
  };
  return (
    <div class="person">
      <p>
        <strong dir="auto">{name}</strong>
        {me && <span class="muted"> ({t("you")})</span>}
        <span class="small muted person-mail">{email || t("noPassword")}</span>
      </p>
      <ul>
        {roles.map((role) => (
          <li key={role.id}>
            <p class="row between">
              <span>{roleWords(role, zone)}</span>
              {role.role === "organiser" && organisers === 1 ? null : (
                <Sure
                  label={t("remove")}
                  ofWhat={t("removeOf", { name, role: t(role.role) })}
                  question={me ? t("removeSelf") : t("removeSure", { name })}
                  yes={t("removeYes")}
                  no={t("no")}
                  offline={t("offline")}
                  onYes={() => remove(role)}
                />
              )}
            </p>
            {role.role === "organiser" && organisers === 1 && <p class="small muted">{t("last")}</p>}
          </li>
        ))}
      </ul>
      {email && !me && <NewWay event={event} zone={zone} account={account} onMade={onMade} />}
    </div>
  );
}

/** "moderator, only in “Privacy”, until Sat 22 Nov 18:00" */
function roleWords({ role, session, until }: HeldRole, zone: string): string {
  const words = [t(role)];
  if (session) words.push(t("inSession", { title: session.title }));
  if (until) words.push(t("until", { time: timeOf(until, zone) }));
  return words.join(", ");
}

interface NewWayProps {
  event: string;
  zone: string;
  account: HeldRole["account"];
  onMade: (made: Made) => void;
}

function NewWay({ event, zone, account: { id, name }, onMade }: NewWayProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const make = async () => {
    setBusy(true);
    setError("");
    try {
      const { url, expires } = await makeWayIn(event, id);
      onMade({ name, url, hint: t("linkPassword", { time: timeOf(expires, zone) }) });
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
    setBusy(false);
  };
  return (
    <>
      <Button look="link" busy={busy} label={t("newWayOf", { name })} onClick={() => void make()}>
        {t("newWay")}
      </Button>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
