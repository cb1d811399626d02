import type { TargetedInputEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { Button, Choice, Field, Notice, TextBox, Tick } from "../lib/ui";
import type { Question, Session } from "../lib/wire";
import { t } from "./ask-words";
import { LIMIT, lookAt, problemWith, sendDraft, useDraft, useNotices } from "./composer-state";
import type { Draft } from "./draft";
import type { Asked } from "./outbox";

interface Props {
  session: Session;
  joinCode: boolean;
  questions: readonly Question[];
  onAsked: (asked: Asked) => void;
}

export function Composer({ session, joinCode, questions, onAsked }: Props) {
  const [draft, change] = useDraft(session);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [accepted, setAccepted] = useState("");
  const text = draft?.text ?? "";
  const before = useLazy(() => import("../safety/before-sending"), true);
  const { help, findings } = useNotices(text, before);
  const close = useLazy(() => import("./similar-list"), text !== "");
  const box = useRef<HTMLTextAreaElement>(null);
  const notice = useRef<HTMLDivElement>(null);
  if (!draft) return null;

  const back = () => box.current?.focus();
  const send = async (agreed = accepted === text) => {
    if (busy) return;
    const problem = problemWith(draft);
    setError(problem);
    if (problem) return back();
    if (!agreed && before && lookAt(text, before).findings.length > 0) return notice.current?.focus();
    setBusy(true);
    onAsked(await sendDraft(session, draft));
  };
  const keep = () => {
    setAccepted(text);
    void send(true);
  };
  return (
    <form
      class="stack ask"
      autocomplete="off"
      spellcheck={false}
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
      <Words input={box} value={text} error={error} onInput={(typed) => change({ text: typed })} />
      <Choices draft={draft} change={change} />
      {joinCode && (
        <TextBox
          label={t("code")}
          hint={t("codeHint")}
          optional
          value={draft.code}
          onInput={(code) => change({ code })}
        />
      )}
      {before && accepted !== text && (
        <before.TraceNotice findings={findings} box={notice} onKeep={keep} onChange={back} />
      )}
      <p class="ask-send">
        <Button type="submit" look="main" busy={busy}>
          {t("send")}
        </Button>
      </p>
      {before && help && <before.HelpCard />}
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
function Choices({ draft, change }: { draft: Draft; change: (some: Partial<Draft>) => void }) {
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
          { value: "everyone", label: t("everyone"), hint: t("everyoneHint") },
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
