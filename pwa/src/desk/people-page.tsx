import { useLazy } from "../lib/lazy";
import { go, place } from "../lib/router";
import { Skeleton, Tabs, Title } from "../lib/ui";
import type { EventDay } from "../lib/wire";
import { dayPath } from "./calls";
import { DeskOf } from "./gate";
import { StaffReading } from "./parts";
import { useStaff } from "./reading";
import { t } from "./settings-words";
import { WHO } from "./words";

const TABS = ["people", "day", "sessions"] as const;

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
  const people = useLazy(() => import("./people"), open === "people");
  const day = useLazy(() => import("./day"), open === "day");
  const sessions = useLazy(() => import("./sessions"), open === "sessions");
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
            if (open === "day") return day ? <day.Day event={value} copy={copy} /> : <Skeleton />;
            return sessions ? <sessions.Sessions event={value} copy={copy} /> : <Skeleton />;
          }}
        </StaffReading>
      </Tabs>
    </div>
  );
}
