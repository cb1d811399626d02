/** The requests about those who run a day. Every secret is told once, in an answer. */
import { API } from "../../lib/http";
import type { CoModeratorLink, InvitationLink } from "../../lib/wire";
import { deskPath } from "../calls";
import { call } from "../tokens";

export const rolesPath = (event: string) => `${deskPath(event)}roles/?page_size=200`;

export async function takeRole(event: string, role: string): Promise<void> {
  await call("DELETE", `${deskPath(event)}roles/${role}/`);
}

/** Takes a surgeon off the day and all its sessions. */
export async function removeSurgeon(event: string, surgeon: string): Promise<void> {
  await call("DELETE", `${API}/events/${encodeURIComponent(event)}/surgeons/${surgeon}/`);
}

export async function revokeLink(event: string, link: string): Promise<void> {
  await call("DELETE", `${deskPath(event)}invitations/${link}/`);
}

/** A link by which somebody chooses a new password. */
export const makeWayIn = async (event: string, account: string): Promise<InvitationLink> =>
  (await call<InvitationLink>("POST", `${deskPath(event)}password-links/`, { body: { account } })).body;

/** A link by which somebody decides in one session for some hours. */
export const makeCoModerator = async (session: string, name: string, hours: number): Promise<CoModeratorLink> =>
  (await call<CoModeratorLink>("POST", `${API}/desk/sessions/${session}/co-moderators/`, { body: { name, hours } }))
    .body;
