/** The requests of those who run a day. */
import { type Answered, API } from "../lib/http";
import type {
  Answer,
  Comment,
  EventDay,
  InvitationLink,
  Me,
  OwnSurgeon,
  Page,
  Room,
  Session,
  StaffRole,
} from "../lib/wire";
import { ownPath } from "../programme/calls";
import { call } from "./tokens";

export const deskPath = (event: string) => `${API}/desk/events/${encodeURIComponent(event)}/`;
export const dayPath = (event: string) => `${deskPath(event)}day/`;
export const invitationsPath = (event: string) => `${deskPath(event)}invitations/?page_size=200`;
export const listedPath = (event: string) => `${deskPath(event)}surgeons/?page_size=200`;
export const draftSessionPath = (session: string) => `${API}/desk/sessions/${session}/`;
export const threadPath = (session: string) => `${API}/sessions/${session}/comments/?sort=newest&page_size=20`;

const query = (values: Record<string, string>) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();

export const queuePath = (event: string, state: "unanswered" | "answered", session: string) =>
  `${deskPath(event)}questions/?${query({ state, session, page_size: "50" })}`;

export const fetchMe = async (): Promise<Me> => (await call<Me>("GET", `${API}/me/`)).body;

/** Every token older than this moment is worth nothing from now on. */
export async function endEverywhere(): Promise<void> {
  await call("POST", `${API}/me/sign-out-everywhere/`, { body: {} });
}

/** One more page, by the address the server gave. */
export const fetchPage = async <T>(path: string): Promise<Page<T>> => (await call<Page<T>>("GET", ownPath(path))).body;

export const answerQuestion = async (question: string, text: string, spoken: boolean): Promise<Answer> =>
  (await call<Answer>("POST", `${API}/desk/questions/${question}/answers/`, { body: { text, spoken } })).body;

/** As it stands, with the ETag to change it with. */
export const readAnswer = (answer: string): Promise<Answered<Answer>> =>
  call<Answer>("GET", `${API}/desk/answers/${answer}/`);

/** `match` is the ETag of what was read: 412 where somebody else was first. */
export const changeAnswer = async (answer: string, text: string, match: string): Promise<Answer> =>
  (await call<Answer>("PATCH", `${API}/desk/answers/${answer}/`, { body: { text }, match })).body;

export async function removeAnswer(answer: string): Promise<void> {
  await call("DELETE", `${API}/desk/answers/${answer}/`);
}

/** Puts a question on the wall of its session; null takes off what is there. */
export async function putOnWall(session: string, question: string | null): Promise<void> {
  await call("PUT", `${API}/desk/sessions/${session}/current/`, { body: { question } });
}

export const speak = async (session: string, text: string, parent: string | null): Promise<Comment> =>
  (await call<Comment>("POST", `${API}/desk/sessions/${session}/comments/`, { body: { text, parent } })).body;

export const invite = async (event: string, role: StaffRole, name: string): Promise<InvitationLink> =>
  (await call<InvitationLink>("POST", `${deskPath(event)}invitations/`, { body: { role, name } })).body;

export const ownSurgeonPath = (surgeon: string) => `${API}/desk/surgeons/${surgeon}/`;

/** `match` is the ETag of what was read, where it matters what stood there. */
export const changeSurgeon = (
  surgeon: string,
  body: Partial<OwnSurgeon>,
  match?: string | null,
): Promise<Changed<OwnSurgeon>> =>
  call<OwnSurgeon>("PATCH", `${API}/surgeons/${surgeon}/`, { body, ...(match && { match }) });

const photoPath = (surgeon: string) => `${API}/surgeons/${surgeon}/photo/`;

/** A big photo over a slow network takes its time. */
export const sendPhoto = async (surgeon: string, photo: Blob): Promise<OwnSurgeon> =>
  (await call<OwnSurgeon>("PUT", photoPath(surgeon), { body: photo, timeout: 120_000 })).body;

export async function removePhoto(surgeon: string): Promise<void> {
  await call("DELETE", photoPath(surgeon));
}

export const addSurgeon = async (event: string, name: string): Promise<OwnSurgeon> =>
  (await call<OwnSurgeon>("POST", `${API}/events/${encodeURIComponent(event)}/surgeons/`, { body: { name } })).body;

export interface Changed<T> {
  readonly body: T;
  readonly etag: string | null;
}

/** Changes the day. `match` is the ETag of what was read: 412 where somebody else was first. */
export const changeDay = (event: string, body: Record<string, unknown>, match: string): Promise<Changed<EventDay>> =>
  call<EventDay>("PATCH", `${API}/events/${encodeURIComponent(event)}/`, { body, match });

export const changeSession = (
  session: string,
  body: Record<string, unknown>,
  match: string,
): Promise<Changed<Session>> => call<Session>("PATCH", `${API}/sessions/${session}/`, { body, match });

export const addSession = async (event: string, body: Record<string, unknown>): Promise<Session> =>
  (await call<Session>("POST", `${API}/events/${encodeURIComponent(event)}/sessions/`, { body })).body;

export const addRoom = async (event: string, name: string): Promise<Room> =>
  (await call<Room>("POST", `${API}/events/${encodeURIComponent(event)}/rooms/`, { body: { name } })).body;

/** Closes the day for good; `confirm` is its slug, typed by somebody. */
export async function closeDay(event: string, confirm: string): Promise<void> {
  await call("POST", `${deskPath(event)}close/`, { body: { confirm } });
}
