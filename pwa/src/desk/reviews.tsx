import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { go, place } from "../lib/router";
import { Button, Notice, Title } from "../lib/ui";
import type { Desk } from "../lib/wire";
import { narrowAt, ownSessionsAt } from "./account";
import { Bench } from "./bench";
import { type BenchReview, type Reviews as Page, reviewsPath } from "./bench-calls";
import { deskPath } from "./calls";
import { Select, StaffReading } from "./parts";
import { LANES, type Lane } from "./queue";
import { useStaff } from "./reading";
import { useQueue } from "./reviews-state";
import { t } from "./reviews-words";
import { WHO } from "./words";

const EVERY = 8000;

interface PacedSession {
  id: string;
  code: string;
  title: string;
  held?: number;
}

/** The id of the question that is looked at, if everybody sees it. */
const shownOf = (review: BenchReview | undefined): string | undefined =>
  review?.kind === "question" && review.state === "shown" ? review.subject : undefined;

/** What was sent, lane by lane. The lane stands in the address, so that Back and a reload keep it. */
export function Reviews({ event }: { event: string }) {
  const lane = LANES.find((name) => name === place.value.hash) ?? "held";
  const [session, setSession] = useState("");
  const [pacing, setPacing] = useState(false);
  const flow = useLazy(() => import("./flow"), pacing);
  // Who decides in one session is told nothing of the others.
  const desk = useStaff<Desk>(narrowAt(event) ? null : deskPath(event), EVERY);
  const queue = useQueue(event, lane, session);
  const counts = useCounts(event, session, desk.value);
  const sessions: PacedSession[] = desk.value?.sessions ?? ownSessionsAt(event);
  const paced =
    sessions.find(({ code, id }) => (session ? code === session : id === queue.current?.session.id)) ??
    (sessions.length === 1 ? sessions[0] : undefined);
  return (
    <div class="stack reviews">
      <Title>{t("title")}</Title>
      <nav aria-label={t("lanes")}>
        <ul class="lanes">
          {LANES.map((name) => (
            <li key={name}>
              <a
                href={`/desk/${event}/reviews#${name}`}
                aria-current={name === lane ? "true" : undefined}
                class={counts[name] && (name === "care" || name === "reported") ? "lane calls" : "lane"}
                onClick={(click) => {
                  click.preventDefault();
                  go(`${place.peek().path}#${name}`, { replace: true });
                }}
              >
                {t(name)} <strong>{counts[name] ?? ""}</strong>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="away" role="status">
        {counts.held !== undefined && t("countHeld", { n: counts.held as number })}
      </p>
      <div class="filters">
        <Select
          label={t("session")}
          value={session}
          options={[
            { value: "", label: t("everySession") },
            ...sessions.map(({ code, title, held }) => ({ value: code, label: held ? `${title} (${held})` : title })),
          ]}
          onChange={setSession}
        />
        {paced && (
          <Button onClick={() => setPacing(!pacing)} expanded={pacing}>
            {t("pace")}
          </Button>
        )}
      </div>
      {pacing && flow && paced && <flow.Flow key={paced.id} session={paced} shown={shownOf(queue.current)} />}
      {(lane === "approved" || lane === "care" || lane === "reported") && (
        <p class="small">
          {t(`${lane}Hint`)} {lane === "care" && <a href={`/desk/${event}/kindness`}>{t("kindness")}</a>}
        </p>
      )}
      {queue.said.bad && <Notice kind="wrong">{queue.said.text}</Notice>}
      <StaffReading copy={queue.copy} who={WHO.reviews}>
        {() => <Bench key={lane} queue={queue} lane={lane} event={event} />}
      </StaffReading>
    </div>
  );
}

/** How much stands in the lanes that call for somebody; a list's own page tells where nothing else does. */
function useCounts(event: string, session: string, desk: Desk | undefined): Partial<Record<Lane, number | string>> {
  const care = useStaff<Page>(reviewsPath(event, "care", session), EVERY).value;
  const reported = useStaff<Page>(reviewsPath(event, "reported", session), EVERY).value;
  const of = (page: Page | undefined) => page && `${page.results.length}${page.next ? "+" : ""}`;
  const here = desk?.sessions.find(({ code }) => code === session);
  return {
    ...(desk && { held: here ? here.held : desk.counts.held }),
    ...(desk && !session && { approved: desk.counts.approved }),
    ...(here && { shown: here.shown }),
    ...(care && care.results.length > 0 && { care: of(care) as string }),
    ...(reported && reported.results.length > 0 && { reported: of(reported) as string }),
  };
}
