import type { TargetedInputEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { Button, Choice, Field, Notice, TextBox, Tick } from "../lib/ui";
import type { Question, Session } from "../lib/wire";
import { useNotices } from "../safety/notices";
import { t } from "./ask-words";
import { LIMIT, problemWith, sendDraft, useDraft } from "./composer-state";
import type { Draft } from "./draft";
import type { Asked } from "./outbox";

interface Props {
  session: Session;
  joinCode: boolean;
  questions: readonly Question[];
  onAsked: (asked: Asked) => void;
}

export function Composer({ session, joinCode, questions, onAsked }: Props) {
  const { draft, change, stale } = useDraft(session);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = draft?.text ?? "";
  const close = useLazy(() => import("./similar-list"), text !== "");
  const box = useRef<HTMLTextAreaElement>(null);
  const back = () => box.current?.focus();
  // The warning is read by everybody too, and may name somebody as well.
  const words = draft?.warning ? `${text}\n${draft.warning}` : text;
  const { mayGo, card, trace } = useNotices(words, () => void send(true), back);
  if (!draft) return null;

  const send = async (agreed = false) => {
    if (busy) return;
    const problem = problemWith(draft);
    setError(problem);
    if (problem) return back();
    if (!agreed && !mayGo()) return;
    setBusy(true);
    onAsked(await sendDraft(session, draft, joinCode));
  };
  return (
    <form
      class="stack ask"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Notice>
        <p class="small">
          {t("cannotFind")} <a href="/privacy">{t("howPrivate")}</a>
        </p>
      </Notice>
      {(session.paused || session.slow > 0) && (
        <Notice>
          <p class="small">{t(session.paused ? "pausedNow" : "slowNow")}</p>
        </Notice>
      )}
      <Words input={box} value={text} error={error} onInput={(typed) => change({ text: typed })} />
      <Choices draft={draft} change={change} first={session.review === "before"} />
      {joinCode && (
        <TextBox
          label={t("code")}
          hint={t("codeHint")}
          error={stale && !draft.code ? t("codeStale") : null}
          optional
          literal
          value={draft.code}
          onInput={(code) => change({ code })}
        />
      )}
      {!card && trace}
      <p class="ask-send">
        <Button type="submit" look="main" busy={busy}>
          {t("send")}
        </Button>
      </p>
      {/* Whoever may need help reads of help first. */}
      {card}
      {card && trace}
      {close && <close.Similar text={text} questions={questions} event={session.event.id} />}
      <p class="hint">{t("sendHint")}</p>
    </form>
  );
}

interface WordsProps {
  input: { current: HTMLTextAreaElement | null };
  value: string;
  error: string | null;
  onInput: (text: string) => void;
}

/** The one big box. Its name is random and the spelling is not checked: some browsers send words away for that. */
function Words({ input, value, error, onInput }: WordsProps) {
  const [name] = useState(() => `t${crypto.randomUUID().slice(0, 8)}`);
  const left = LIMIT - [...value].length;
  const typed = (event: TargetedInputEvent<HTMLTextAreaElement>) => onInput(event.currentTarget.value);
  return (
    <Field label={t("question")} hint={t("questionHint")} error={error}>
      {(wiring) => (
        <>
          <textarea
            ref={input}
            rows={5}
            name={name}
            value={value}
            onInput={typed}
            autocomplete="off"
            spellcheck={false}
            dir="auto"
            {...wiring}
          />
          <p class={left < 0 ? "error" : "hint"} aria-live="polite">
            {left < 0 ? t("tooMany", { n: -left }) : left < LIMIT / 5 ? t("room", { n: left }) : ""}
          </p>
        </>
      )}
    </Field>
  );
}

/** Who may see it stands in words; the rest is one tap away, so that Send stays near the box. */
function Choices(props: { draft: Draft; change: (some: Partial<Draft>) => void; first: boolean }) {
  const { draft, change, first } = props;
  const everyone = draft.audience === "everyone";
  const said = everyone ? t(draft.recap ? "seenByAllKept" : "seenByAll") : t("seenBySurgeons");
  return (
    <details class="fold ask-choices">
      <summary class="plain">
        {said} <span class="like-link">{t("changeThis")}</span>
      </summary>
      <Choice
        legend={t("who")}
        value={draft.audience}
        onChange={(audience) => change({ audience })}
        options={[
          { value: "everyone", label: t("everyone"), hint: t(first ? "everyoneHint" : "everyoneAfter") },
          { value: "surgeons", label: t("surgeons"), hint: t("surgeonsHint") },
        ]}
      />
      {everyone && (
        <Tick label={t("recap")} hint={t("recapHint")} checked={draft.recap} onChange={(recap) => change({ recap })} />
      )}
      <TextBox
        label={t("warning")}
        hint={t("warningHint")}
        optional
        limit={60}
        value={draft.warning}
        onInput={(warning) => change({ warning })}
      />
    </details>
  );
}
