import type { ComponentChildren } from "preact";
import { t as said } from "../lib/said";
import type { FieldProps } from "../lib/ui";
import { Button, Field, Reading, Title } from "../lib/ui";
import { me } from "./account";
import { NotYours } from "./gate";
import type { StaffCopy } from "./reading";
import { t } from "./words";

/** One of a list, in a menu. */
export function Select({
  value,
  options,
  onChange,
  ...field
}: FieldProps & { value: string; options: { value: string; label: string }[]; onChange: (value: string) => void }) {
  return (
    <Field {...field}>
      {(wiring) => (
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)} {...wiring}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Shows what staff read in whatever state it is: the same as for everybody, and "not yours" besides. */
export function StaffReading<T>({
  copy,
  who,
  children,
}: {
  copy: StaffCopy<T>;
  who: string;
  children: (value: T) => ComponentChildren;
}) {
  if (copy.problem?.status === 403) return <NotYours who={who} />;
  // Signed out meanwhile: the gate above asks to sign in.
  if (copy.problem?.status === 401 || !me()) return <Title>{t("loading")}</Title>;
  if (copy.standing === "offline" && copy.value === undefined)
    return (
      <div class="stack" role="status">
        <h2>{said("offlineTitle")}</h2>
        <p>{t("offlineDesk")}</p>
        <Button onClick={() => void copy.again()}>{said("tryAgain")}</Button>
      </div>
    );
  return (
    <Reading copy={copy} again={() => void copy.again()} lines={6}>
      {children}
    </Reading>
  );
}

/** A form's submit that stays on the page. */
export const submits = (work: () => void) => (event: Event) => {
  event.preventDefault();
  work();
};
