import { useLazy } from "../lib/lazy";
import { MinePage as Questions } from "../questions/mine-page";
import { receipts } from "../safety/kept";
import type { Kind } from "../safety/profile";

/** My questions, the places held from this phone, and what was said from it in the talk of sessions. */
export function MinePage() {
  const some = (kind: Kind) => receipts.value.some(({ secret }) => secret.kind === kind);
  const [said, held] = [some("comment"), some("booking")];
  const own = useLazy(() => import("../threads/own-parts"), said);
  const places = useLazy(() => import("../live/places-here"), held);
  return <Questions first={held && places && <places.PlacesHere />}>{said && own && <own.SaidHere />}</Questions>;
}
