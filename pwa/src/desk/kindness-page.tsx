import "./style.css";
import { Title } from "../lib/ui";
import { speak } from "../lib/words";
import { DeskOf } from "./gate";
import { WHO } from "./words";

const t = speak("desk-kindness", {
  title: "How to answer somebody in distress",
  lead: "You need not find the right words. Being read by a kind person helps.",
  how: "How to answer",
  soon: "Answer soon, and briefly. Silence hurts more than a clumsy sentence.",
  heard: "Say that you have read it and that it matters. Take up their own words.",
  plain: "It does no harm to ask plainly how they are, or whether they are safe.",
  blame: "No blame, no “at least”, no “others have it worse”. Do not argue, and do not try to cheer them up.",
  point: "Point to people who can be there: one of us at a table, and those under Help now. In danger, 999.",
  promise: "Never promise that somebody comes. Nobody here can see who they are or where, and it is fair to say so.",
  detail:
    "Do not write about ways of getting hurt. If a question does, return it with a kind note; do not only hide it.",
  alone: "You are not alone with it",
  hand: "Hand it over whenever it is too much, or too close. Nobody asks why. The safety lead has what nobody has taken.",
  you: "Look after yourself too",
  rest: "Take a break after a hard one. Step outside, tell somebody on the team.",
  limit: "You are not their therapist, and what they do is not your fault.",
  help: "See the help lines",
});

const PARTS = [
  { title: "how", lines: ["soon", "heard", "plain", "blame", "point", "promise", "detail"] },
  { title: "alone", lines: ["hand"] },
  { title: "you", lines: ["rest", "limit"] },
] as const;

/** What helps a moderator or a surgeon who reads something hard. */
export function KindnessPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="kindness" roles={["surgeon", "moderator", "organiser"]} who={WHO.answers}>
      {() => (
        <div class="stack-wide">
          <div>
            <Title>{t("title")}</Title>
            <p>{t("lead")}</p>
          </div>
          {PARTS.map(({ title, lines }) => (
            <section key={title} class="stack">
              <h2>{t(title)}</h2>
              <ul class="bullets">
                {lines.map((line) => (
                  <li key={line}>{t(line)}</li>
                ))}
              </ul>
            </section>
          ))}
          <p class="row">
            <a href="/help">{t("help")}</a>
          </p>
        </div>
      )}
    </DeskOf>
  );
}
