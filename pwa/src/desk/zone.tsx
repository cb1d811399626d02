import { ownZone } from "../lib/time";
import type { FieldProps } from "../lib/ui";
import { Field } from "../lib/ui";

/** Every zone this browser knows; an old one knows its own alone, and any can be typed. */
const ZONES: readonly string[] = Intl.supportedValuesOf?.("timeZone") ?? [ownZone, "UTC"];

/** The clock of a venue, typed or chosen. */
export function Zone({ value, onChange, ...field }: FieldProps & { value: string; onChange: (zone: string) => void }) {
  return (
    <Field {...field}>
      {(wiring) => (
        <>
          <input
            list={`${wiring.id}-zones`}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value.trim())}
            {...wiring}
          />
          <datalist id={`${wiring.id}-zones`}>
            {ZONES.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
