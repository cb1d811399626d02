import { Button, Notice } from "../lib/ui";
import { t } from "./settings-words";
import type { Settling } from "./settling";

/** What stands under a form: what became of it, what others did, and Save. */
export function FormFoot<T>({
  settling,
  label,
  names,
}: {
  settling: Settling<T>;
  label?: string;
  names?: Partial<Record<keyof T, string>>;
}) {
  const { said, clashes, dirty, busy } = settling;
  const fields = clashes.map((field) => names?.[field] ?? String(field)).join(", ");
  return (
    <div class="stack">
      {said.text && (said.bad || !dirty) && <Notice kind={said.bad ? "wrong" : "good"}>{said.text}</Notice>}
      {clashes.length > 0 && <Notice kind="warn">{t("clash", { fields })}</Notice>}
      <p class="row">
        <Button type="submit" look="main" busy={busy} disabled={!dirty}>
          {label ?? t("save")}
        </Button>
        {dirty && <Button onClick={settling.drop}>{t("discard")}</Button>}
      </p>
      {dirty && <p class="hint">{t("unsaved")}</p>}
    </div>
  );
}

/** A form's submit that stays on the page. */
export const submits = (work: () => void) => (event: Event) => {
  event.preventDefault();
  work();
};
