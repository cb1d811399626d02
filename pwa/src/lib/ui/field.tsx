import type { ComponentChildren, InputHTMLAttributes, RefObject, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import { t } from "../said";

export interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong, in words. It is tied to the field and announced. */
  error?: string | null | undefined;
  optional?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** A label, a hint, an error and a field, tied together for everybody. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (wiring: Wiring) => ComponentChildren }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={id}>
        {label}
        {optional && <span class="muted"> ({t("optional")})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
    </div>
  );
}

export interface TextBoxProps extends FieldProps {
  value: string;
  onInput: (text: string) => void;
  /** Rows of a big box; without it, one line. */
  rows?: number;
  /** Characters allowed. More can be typed (nothing is lost) but is said to be too many. */
  limit?: number;
  type?: "text" | "email" | "password" | "search" | "tel";
  autocomplete?: string;
  /** A code or a name for machines: the phone does not begin it with a capital, or make another word of it. */
  literal?: boolean;
  inputmode?: "text" | "numeric" | "tel" | "email" | "search";
  input?: RefObject<(HTMLTextAreaElement & HTMLInputElement) | null>;
}

/** Never completed, and its spelling never checked: some browsers send what is typed away for that. */
export function TextBox({
  value,
  onInput,
  rows,
  limit,
  type = "text",
  autocomplete = "off",
  inputmode,
  input,
  literal,
  ...field
}: TextBoxProps) {
  const typed = (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onInput(event.currentTarget.value);
  const plain = literal && ({ autocapitalize: "none", autocorrect: "off" } as const);
  const shared = { value, onInput: typed, autocomplete, spellcheck: false, dir: "auto" as const, ...plain };
  return (
    <Field {...field}>
      {(wiring) => (
        <>
          {rows ? (
            <textarea rows={rows} ref={input} {...shared} {...wiring} />
          ) : (
            // The types know each kind of input apart; ours is one of several.
            <input
              {...({
                type,
                inputMode: inputmode,
                ref: input,
                ...shared,
                ...wiring,
              } as InputHTMLAttributes<HTMLInputElement>)}
            />
          )}
          {limit && <Left used={[...value].length} limit={limit} />}
        </>
      )}
    </Field>
  );
}

/** Says how much room is left, only once it matters. */
function Left({ used, limit }: { used: number; limit: number }) {
  const left = limit - used;
  const text = left > limit / 5 ? "" : left < 0 ? t("tooLong", { n: -left }) : t("left", { n: left });
  return (
    <p class={left < 0 ? "error" : "hint"} aria-live="polite">
      {text}
    </p>
  );
}

/** One of a few: radio buttons with a question above. */
export function Choice<Value extends string>(props: {
  legend: string;
  value: Value;
  options: { value: Value; label: string; hint?: string }[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, label, hint }) => (
        <label class="option" key={value}>
          <input type="radio" name={name} checked={value === props.value} onChange={() => props.onChange(value)} />
          <span>
            {label}
            {hint && <span class="hint">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Yes or no. */
export function Tick({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label class="option">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        {hint && <span class="hint">{hint}</span>}
      </span>
    </label>
  );
}
