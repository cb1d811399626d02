import { useLazy } from "../lib/lazy";
import { go, place } from "../lib/router";
import { Skeleton, Tabs, Title } from "../lib/ui";
import type { Desk, EventDay } from "../lib/wire";
import { dayPath, deskPath } from "./calls";
import { Day } from "./day";
import { DeskOf } from "./gate";
import { StaffReading } from "./parts";
import { useStaff } from "./reading";
import { t } from "./settings-words";
import { WHO } from "./words";

const TABS = ["people", "day", "sessions", "more", "close"] as const;

/** Setting up a day: who runs it, what it is like, and its sessions. */
export function PeoplePage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="people" roles={["organiser"]} who={WHO.people}>
      {() => <SetUp event={event} />}
    </DeskOf>
  );
}

function SetUp({ event }: { event: string }) {
  const open = TABS.find((name) => name === place.value.hash) ?? "people";
  const copy = useStaff<EventDay>(dayPath(event));
  const settings = useStaff<Desk>(open === "day" || open === "close" ? deskPath(event) : null);
  const people = useLazy(() => import("./people/people"), open === "people");
  const sessions = useLazy(() => import("./sessions"), open === "sessions");
  const more = useLazy(() => import("./organising/more"), open === "more");
  const closing = useLazy(() => import("./closing"), open === "close");
  const keep = settings.value?.keep_days;
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      <Tabs
        label={t("tabs")}
        tabs={TABS.map((name) => ({ name, label: t(name) }))}
        open={open}
        onOpen={(name) => go(`${place.peek().path}#${name}`, { replace: true })}
      >
        <StaffReading copy={copy} who={WHO.people}>
          {(value) => {
            if (open === "people") return people ? <people.People event={value} /> : <Skeleton />;
            if (open === "day") return <Day event={value} copy={copy} settings={settings} />;
            if (open === "more") return more ? <more.More event={value} copy={copy} /> : <Skeleton />;
            if (open === "close")
              return closing && keep !== undefined ? (
                <closing.Closing event={value} copy={copy} keep={keep} />
              ) : (
                <Skeleton />
              );
            return sessions ? <sessions.Sessions event={value} copy={copy} /> : <Skeleton />;
          }}
        </StaffReading>
      </Tabs>
    </div>
  );
}
