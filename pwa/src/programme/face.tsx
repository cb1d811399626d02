import "./style.css";
import type { SurgeonCard } from "../lib/wire";

/** A photo from this server, or the first letters of the name. Never a picture from elsewhere. */
export function Face({ surgeon, big = false }: { surgeon: SurgeonCard; big?: boolean }) {
  const look = big ? "face big" : "face";
  if (surgeon.photo?.startsWith("/"))
    return <img class={look} src={surgeon.photo} alt="" width="56" height="56" loading="lazy" />;
  const letters = surgeon.name.split(/\s+/).map((word) => [...word][0] ?? "");
  return (
    <span class={look} aria-hidden="true">
      {(letters[0] ?? "") + (letters.length > 1 ? (letters.at(-1) ?? "") : "")}
    </span>
  );
}
