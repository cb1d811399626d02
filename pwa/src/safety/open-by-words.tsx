import { useState } from "preact/hooks";
import { NoAnswer } from "../lib/http";
import { Button, Choice, TextBox } from "../lib/ui";
import { openSeed } from "./opening";
import { t } from "./opening-words";

export interface KnownEvent {
  id: string;
  title: string;
}

/** Eight words typed on a second phone. Only this asks the server about one receipt. */
export function OpenByWords({ events, onOpened }: { events: readonly KnownEvent[]; onOpened: () => void }) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState("");
  const [said, setSaid] = useState<{ good?: string; wrong?: string }>({});
  const [busy, setBusy] = useState(false);
  const event = events.find(({ id }) => id === chosen) ?? events[0];
  if (!event) return <p>{t("openEmpty")}</p>;
  const open = async () => {
    setBusy(true);
    const problem = await tryToOpen(words, event.id);
    setSaid(problem ? { wrong: problem } : { good: t("openDone") });
    setBusy(false);
    if (problem) return;
    setWords("");
    onOpened();
  };
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void open();
      }}
    >
      {events.length > 1 && (
        <Choice
          legend={t("openDay")}
          value={event.id}
          onChange={setChosen}
          options={events.map(({ id, title }) => ({ value: id, label: title }))}
        />
      )}
      <TextBox
        label={t("openTitle")}
        hint={t("openHint")}
        error={said.wrong}
        rows={3}
        literal
        value={words}
        onInput={setWords}
      />
      <p role="status">{said.good}</p>
      <Button type="submit" busy={busy}>
        {t("open")}
      </Button>
    </form>
  );
}

/** What is wrong, in words; null once the question is open and kept. */
async function tryToOpen(text: string, event: string): Promise<string | null> {
  const { readWords } = await import("./words");
  const read = await readWords(text);
  if ("problem" in read) {
    if (read.problem === "count") return t("openCount", { n: read.count });
    return read.problem === "unknown" ? t("openUnknown", { word: read.word }) : t("openChecksum");
  }
  try {
    return (await openSeed(read.seed, event)) ? null : t("openNone");
  } catch (reason) {
    return reason instanceof NoAnswer ? t("openOffline") : (reason as Error).message;
  }
}
