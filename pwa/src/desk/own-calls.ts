/** The requests about one's own name and password. */
import { API } from "../lib/http";
import { lookWho, signIn } from "./account";
import { call, stay } from "./tokens";

/** Takes another name. */
export async function changeName(name: string): Promise<void> {
  await call("PATCH", `${API}/me/`, { body: { name } });
  await lookWho();
}

/** Chooses another password, which ends every sign-in, and signs in here with it. */
export async function changePassword(email: string, present: string, next: string): Promise<void> {
  const remember = stay();
  await call("PATCH", `${API}/me/`, { body: { password: next, current_password: present } });
  await signIn(email, next, remember);
}
