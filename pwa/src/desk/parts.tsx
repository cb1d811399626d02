import type { ComponentChildren } from "preact";
import type { FieldProps } from "../lib/ui";
import { Field, Reading, Title } from "../lib/ui";
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
  return (
    <Reading copy={copy} again={() => void copy.again()} lines={6}>
      {children}
    </Reading>
  );
}
