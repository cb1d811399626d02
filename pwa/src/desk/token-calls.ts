/** The requests that need no token, because they give one. Secrets travel in bodies only. */
import { API, get, Problem, post } from "../lib/http";
import type { InvitationLook, Tokens } from "../lib/wire";
import { type Challenge, proofOf } from "../safety/proof";

/** What an invitation asks for: all of it for a role, a password for a new way in, a name for one session. */
export interface Acceptance {
  readonly token: string;
  readonly email?: string;
  readonly name?: string;
  readonly password?: string;
}

/** Checking a password is slow on purpose, and a busy server slower. */
const PATIENCE = { timeout: 30_000 };

const ask = async (signIn: object): Promise<Tokens> => (await post<Tokens>(`${API}/token/`, signIn, PATIENCE)).body;

/** While somebody guesses, here or on the same Wi-Fi, the way in takes some work: it is done unseen. */
export async function signInWith(email: string, password: string): Promise<Tokens> {
  try {
    return await ask({ email, password });
  } catch (reason) {
    if (!(reason instanceof Problem && reason.code === "slow-down")) throw reason;
    const { body } = await get<Challenge>(`${API}/token/challenge/`);
    return ask({ email, password, proof: await proofOf(body) });
  }
}

export const refresh = async (token: string): Promise<Tokens> =>
  (await post<Tokens>(`${API}/token/refresh/`, { refresh: token })).body;

export async function revoke(token: string): Promise<void> {
  await post(`${API}/token/revoke/`, { refresh: token });
}

export const look = async (token: string): Promise<InvitationLook> =>
  (await post<InvitationLook>(`${API}/invitations/look/`, { token })).body;

export const accept = async (acceptance: Acceptance): Promise<Tokens> =>
  (await post<Tokens>(`${API}/invitations/accept/`, acceptance, PATIENCE)).body;
