import { Field } from "../lib/ui";
import { t } from "./settings-words";

/** A day and a time on the clock of the venue. */
export function When({
  label,
  zone,
  value,
  error,
  onChange,
}: {
  label: string;
  zone: string;
  value: string;
  error?: string | undefined;
  onChange: (wall: string) => void;
}) {
  return (
    <Field label={label} hint={t("zone", { zone })} error={error}>
      {(wiring) => (
        <input
          type="datetime-local"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
          {...wiring}
        />
      )}
    </Field>
  );
}
