import { settings } from "../lib/settings";
import type { QueueLine } from "../lib/wire";
import { dayHere } from "../programme/here";
import { t } from "./words";

/** How full it is, in words, and that walking in is always possible. */
export const seatsWords = (line: QueueLine | undefined): string | null =>
  line ? (line.seats === "full" ? t("seatsFull") : t("seats", { seats: t(line.seats) })) : null;

/** How long the line is. Quiet mode counts nothing. */
export function Waiting({
  line,
  wanted = [],
}: {
  line: QueueLine | undefined;
  wanted?: readonly string[] | undefined;
}) {
  if (!line || settings.value.quiet) return null;
  const { waiting, wait } = line;
  const day = dayHere();
  const missing = line.missing.filter((label) => wanted.some((one) => same(one, label)));
  return (
    <>
      {waiting > 0 && (
        <p>
          {t("wait", { n: waiting })} {wait !== null && wait > 0 && t("minutes", { n: wait })}
        </p>
      )}
      {waiting > 0 && wait !== null && wait > 0 && day && (
        <p class="small muted">{t("reckoned", { n: day.minutes })}</p>
      )}
      {missing.length > 0 && <p>{t("missing", { labels: missing.join(", ") })}</p>}
    </>
  );
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
