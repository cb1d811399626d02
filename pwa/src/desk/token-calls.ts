/** The requests that need no token, because they give one. Secrets travel in bodies only. */
import { API, post } from "../lib/http";
import type { InvitationLook, Tokens } from "../lib/wire";

export interface Acceptance {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Checking a password is slow on purpose, and a busy server slower. */
const PATIENCE = { timeout: 30_000 };

export const signInWith = async (email: string, password: string): Promise<Tokens> =>
  (await post<Tokens>(`${API}/token/`, { email, password }, PATIENCE)).body;

export const refresh = async (token: string): Promise<Tokens> =>
  (await post<Tokens>(`${API}/token/refresh/`, { refresh: token })).body;

export async function revoke(token: string): Promise<void> {
  await post(`${API}/token/revoke/`, { refresh: token });
}

export const look = async (token: string): Promise<InvitationLook> =>
  (await post<InvitationLook>(`${API}/invitations/look/`, { token })).body;

export const accept = async (acceptance: Acceptance): Promise<Tokens> =>
  (await post<Tokens>(`${API}/invitations/accept/`, acceptance, PATIENCE)).body;
