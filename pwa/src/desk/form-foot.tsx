import { Button, Notice } from "../lib/ui";
import { t } from "./settings-words";
import type { Settling } from "./settling";

/** What stands under a form: what became of it, what others did, and Save. */
export function FormFoot<T extends object>({
  settling,
  label,
  names,
  say = String,
}: {
  settling: Settling<T>;
  label?: string;
  names?: Partial<Record<keyof T, string>>;
  /** What a field's value is in words. */
  say?: (value: string, field: keyof T) => string;
}) {
  const { said, clashes, dirty, busy } = settling;
  const stale = clashes.length > 0;
  return (
    <div class="stack">
      {said.text && (said.bad || !dirty) && <Notice kind={said.bad ? "wrong" : "good"}>{said.text}</Notice>}
      {stale && (
        <Notice kind="warn" title={t("clash")}>
          <ul class="own-lines">
            {clashes.map((field) => {
              const name = names?.[field] ?? String(field);
              const there = settling.theirs[field];
              return (
                <li key={field}>
                  <p dir="auto">
                    {typeof there === "string"
                      ? t("clashNow", { field: name, value: say(there, field) || t("clashEmpty") })
                      : name}
                  </p>
                  <Button label={t("clashYieldOf", { field: name })} onClick={() => settling.yield(field)}>
                    {t("clashYield")}
                  </Button>
                </li>
              );
            })}
          </ul>
        </Notice>
      )}
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
