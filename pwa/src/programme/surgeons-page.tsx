import { useState } from "preact/hooks";
import { folded } from "../lib/text";
import { Empty, Far, Status, TextBox, Title } from "../lib/ui";
import type { EventDay, SurgeonCard } from "../lib/wire";
import { present } from "./counts";
import { pieces } from "./day";
import { WithEvent } from "./event";
import { Face } from "./face";
import { t } from "./words";

const PIECE = 10;
const CARD_REM = 6;

export function SurgeonsPage({ event }: { event: string }) {
  return <WithEvent event={event}>{(day) => <Surgeons event={day} />}</WithEvent>;
}

function Surgeons({ event }: { event: EventDay }) {
  const [words, setWords] = useState("");
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const found = event.surgeons.filter((one) => {
    const text = folded([one.name, one.headline, ...one.labels].join(" "));
    return wanted.every((word) => text.includes(word));
  });
  return (
    <>
      <Title above={event.title}>{t("surgeonsTitle")}</Title>
      {event.surgeons.length === 0 ? (
        <Empty title={t("surgeonsNone")}>
          <p>{t("surgeonsNoneHint")}</p>
        </Empty>
      ) : (
        <div class="stack">
          <p>{t("surgeonsLead")}</p>
          <search>
            <TextBox
              label={t("search")}
              hint={t("surgeonsSearchHint")}
              type="search"
              value={words}
              onInput={setWords}
            />
          </search>
          {found.length === 0 && (
            <Empty title={t("noneFound")}>
              <p>{t("noneFoundHint")}</p>
            </Empty>
          )}
          {pieces(found, PIECE).map((piece, at) => (
            <Far
              key={piece[0]?.id}
              name={`${piece[0]?.id} ${piece.length}`}
              guess={piece.length * CARD_REM}
              near={at === 0}
            >
              {() => (
                <ul class="people sessions">
                  {piece.map((one) => (
                    <SurgeonRow key={one.id} event={event.slug} surgeon={one} />
                  ))}
                </ul>
              )}
            </Far>
          ))}
        </div>
      )}
    </>
  );
}

function SurgeonRow({ event, surgeon }: { event: string; surgeon: SurgeonCard }) {
  return (
    <li class="person session-row">
      <Face surgeon={surgeon} />
      <div>
        <a href={`/e/${event}/surgeons/${surgeon.id}`} dir="auto">
          {surgeon.name}
        </a>
        {surgeon.headline && (
          <p class="small" dir="auto">
            {surgeon.headline}
          </p>
        )}
        <Here surgeon={surgeon.id} />
        <Labels labels={surgeon.labels} />
      </div>
    </li>
  );
}

/** Where somebody is just now, if they say so. */
export function Here({ surgeon }: { surgeon: string }) {
  const there = present.value.get(surgeon);
  if (!there) return null;
  return (
    <p>
      <Status kind={there.state === "here" ? "good" : "plain"}>
        {[t(there.state), there.place].filter(Boolean).join(", ")}
      </Status>
    </p>
  );
}

/** The words a surgeon chose for themselves. */
export function Labels({ labels }: { labels: string[] }) {
  if (labels.length === 0) return null;
  return (
    <p class="labels" dir="auto">
      {labels.join(" · ")}
    </p>
  );
}
