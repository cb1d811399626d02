import { useEffect, useRef, useState } from "preact/hooks";
import { put, remove, take } from "../lib/store";
import { clean } from "../lib/text";
import { Button, TextBox } from "../lib/ui";
import { useNotices } from "./notices";
import type { Receipt } from "./receipts";
import { t } from "./said";

const LIMIT = 1000;

interface Props {
  receipt: Receipt;
  label: string;
  hint: string;
  /** Sends the other words under the same receipt. */
  send: (text: string) => Promise<void>;
  onDone: () => void;
}

/** Other words for what was sent: kept as they are typed, and looked at on the phone as the first ones were. */
export function EditForm({ receipt, label, hint, send, onDone }: Props) {
  const [text, write] = useDraft(receipt);
  const [error, setError] = useState<string | null>(null);
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const back = () => box.current?.focus();
  const { mayGo, card, trace } = useNotices(text ?? "", () => void go(true), back);
  useEffect(() => {
    if (text !== null) back();
  }, [text === null]);
  if (text === null) return null;

  const leave = () => void dropDraft(receipt).then(onDone);
  const go = async (agreed = false) => {
    const length = [...clean(text)].length;
    const problem = length === 0 ? t("editEmpty") : length > LIMIT ? t("editLong") : null;
    setError(problem);
    if (problem) return back();
    if (agreed || mayGo()) await send(text).then(leave);
  };
  return (
    <form
      class="stack edit"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <TextBox
        label={label}
        hint={hint}
        error={error}
        rows={5}
        limit={LIMIT}
        value={text}
        onInput={write}
        input={box}
      />
      {!card && trace}
      <p class="row">
        <Button type="submit" look="main">
          {t("editSend")}
        </Button>
        <Button onClick={leave}>{t("editLeave")}</Button>
      </p>
      {card}
      {card && trace}
    </form>
  );
}

const key = ({ id }: Receipt) => `edit:${id}`;
const dropDraft = (receipt: Receipt): Promise<void> => remove("drafts", key(receipt));

/** What is being changed, kept through reload, back and crash. Null until it is read. */
function useDraft(receipt: Receipt): readonly [string | null, (text: string) => void] {
  const [text, setText] = useState<string | null>(null);
  useEffect(
    () => void take<string>("drafts", key(receipt)).then((kept) => setText(kept ?? receipt.text)),
    [receipt.id],
  );
  const write = (typed: string) => {
    setText(typed);
    void put("drafts", key(receipt), typed);
  };
  return [text, write];
}
