import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, Choice, Skeleton, TextBox } from "../lib/ui";
import { useDraft } from "./draft";
import { kindNotes } from "./kind-words";
import { REASONS, type Reason } from "./queue";
import { t, templates } from "./reviews-words";
import { Beginnings, begun } from "./words-form";

const LIMIT = 400;

interface Draft {
  reason: Reason;
  note: string;
}

const startOf = (reason: Reason): Draft => ({ reason, note: templates(reason) });

interface Props {
  act: "return" | "hide";
  /** What it is about: the draft is kept under this name. */
  name: string;
  /** It needs a kind answer: words for that stand ready. */
  care: boolean;
  busy: boolean;
  onDecide: (reason: Reason, note: string) => void;
  onClose: () => void;
  title?: string;
  label?: string;
  children?: ComponentChildren;
}

/** Why something is returned or hidden, and what its writer is told. */
export function DecisionForm({ act, name, care, busy, onDecide, onClose, title, label, children }: Props) {
  const draft = useDraft<Draft>(`decide:${name}`, startOf(care ? "needs-care" : "off-topic"));
  const box = useRef<HTMLFormElement>(null);
  const ready = draft.value !== null;
  useEffect(() => {
    if (ready) box.current?.querySelector<HTMLElement>("input:checked")?.focus();
  }, [ready]);
  if (!draft.value) return <Skeleton lines={3} />;
  const { reason, note } = draft.value;
  const kind = [templates("needs-care"), ...kindNotes()];
  // A note somebody has changed stays; a template gives way to the next one.
  const choose = (next: Reason) =>
    draft.write({ reason: next, note: note === templates(reason) ? templates(next) : note });
  const submit = (event: Event) => {
    event.preventDefault();
    if (!busy) onDecide(reason, act === "return" ? note.trim() : "");
  };
  return (
    <form class="card stack decision" ref={box} onSubmit={submit} aria-labelledby="decision-title">
      <h2 id="decision-title">{title ?? t(act === "return" ? "returnTitle" : "hideTitle")}</h2>
      {children}
      <p class="small">{t(act === "return" ? "returnLead" : "hideLead")}</p>
      <Choice
        legend={t("reason")}
        value={reason}
        onChange={choose}
        options={REASONS.map((value) => ({ value, label: t(value) }))}
      />
      {act === "return" && (
        <>
          {(care || reason === "needs-care") && (
            <Beginnings
              texts={kind}
              onChoose={(text) => draft.write({ reason, note: begun(note, text, [...kind, templates(reason)]) })}
            />
          )}
          <TextBox
            label={t("note")}
            hint={t("noteHint")}
            rows={4}
            limit={LIMIT}
            value={note}
            onInput={(typed) => draft.write({ reason, note: typed })}
          />
        </>
      )}
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {label ?? t(act === "return" ? "doReturn" : "doHide")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </form>
  );
}
