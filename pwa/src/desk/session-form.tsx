import type { TargetedKeyboardEvent } from "preact";
import { useState } from "preact/hooks";
import { Button, Choice, Skeleton, TextBox, Tick } from "../lib/ui";
import type {
  EventDay,
  OwnSurgeon,
  Page,
  ReviewTime,
  Session,
  SessionCard,
  SessionKind,
  SessionState,
} from "../lib/wire";
import { addRoom, addSession, changeSession, draftSessionPath, listedPath } from "./calls";
import { useDraft } from "./draft";
import { FormFoot } from "./form-foot";
import { linksOf, textOf } from "./lines";
import { momentOf, wallOf } from "./moment";
import { Select, StaffReading, submits } from "./parts";
import { excuse, isLate, type StaffCopy, useStaff } from "./reading";
import { t } from "./settings-words";
import { type Settling, useSettling } from "./settling";
import { Sure } from "./sure";
import { When } from "./when";
import { WHO } from "./words";

const KINDS: readonly SessionKind[] = ["surgery", "workshop", "talk", "open-space"];

interface Form {
  title: string;
  kind: SessionKind;
  starts: string;
  ends: string;
  /** Id of a room, "" for none. */
  room: string;
  about: string;
  subtitle: string;
  track: string;
  language: string;
  /** One a line: words, then the address. */
  links: string;
  capacity: string;
  /** "": as it is (or as the day says, for a new one) */
  review: ReviewTime | "";
  surgeons: string[];
}

interface Props {
  event: EventDay;
  onDone: (said: string) => void;
  onClose: () => void;
  onRoom: () => Promise<void>;
}

/** What is sent of what was typed. Throws RangeError for places that are no number. */
export function bodyOf(
  { starts, ends, room, capacity, review, links, ...typed }: Partial<Form>,
  zone: string,
): Record<string, unknown> {
  return {
    ...typed,
    ...(starts !== undefined && { starts: momentOf(starts, zone) }),
    ...(ends !== undefined && { ends: momentOf(ends, zone) }),
    ...(room !== undefined && { room: room || null }),
    ...(capacity !== undefined && { capacity: capacity.trim() ? Number(capacity) : null }),
    ...(review && { review }),
    ...(links !== undefined && { links: linksOf(links).links }),
  };
}

export function NewSession({ event, onDone, onClose, onRoom }: Props) {
  const [starts, ends] = [wallOf(event.starts, event.timezone), wallOf(event.ends, event.timezone)];
  const blank: Form = {
    title: "",
    kind: "surgery",
    starts,
    ends,
    room: "",
    about: "",
    subtitle: "",
    track: "",
    language: "",
    links: "",
    capacity: "",
    review: "",
    surgeons: [],
  };
  const settling = useSettling<Form>(
    `session:new:${event.id}`,
    blank,
    async (typed) => {
      const { title, kind } = { ...blank, ...typed };
      await addSession(event.slug, bodyOf({ starts, ends, ...typed, title, kind }, event.timezone));
      onDone(t("added"));
    },
    async () => undefined,
  );
  return <SessionFields event={event} settling={settling} label={t("create")} onClose={onClose} onRoom={onRoom} />;
}

export function EditSession({ event, session, ...rest }: Props & { session: SessionCard }) {
  const copy = useStaff<Session>(draftSessionPath(session.id));
  return (
    <StaffReading copy={copy} who={WHO.people}>
      {(whole) => <EditForm event={event} session={whole} copy={copy} {...rest} />}
    </StaffReading>
  );
}

const formOf = (session: Session, zone: string): Form => ({
  title: session.title,
  kind: session.kind,
  starts: wallOf(session.starts, zone),
  ends: wallOf(session.ends, zone),
  room: session.room?.id ?? "",
  about: session.about,
  subtitle: session.subtitle,
  track: session.track,
  language: session.language,
  links: textOf(session.links),
  capacity: session.capacity === null ? "" : String(session.capacity),
  review: session.review,
  surgeons: session.surgeons.map(({ id }) => id),
});

function EditForm({
  event,
  session,
  copy,
  onDone,
  onClose,
  onRoom,
}: Props & { session: Session; copy: StaffCopy<Session> }) {
  const change = async (body: Record<string, unknown>) => {
    const { body: changed, etag } = await changeSession(session.id, body, copy.etag ?? "");
    copy.learn(changed, etag);
  };
  const settling = useSettling<Form>(
    `session:${session.id}`,
    formOf(session, event.timezone),
    async (typed) => {
      await change(bodyOf(typed, event.timezone));
      onDone(t("saved"));
    },
    copy.again,
  );
  const flip = async (state: SessionState) => {
    try {
      await change({ state });
    } catch (reason) {
      if (isLate(reason)) await copy.again();
      throw reason;
    }
    onDone(t("saved"));
  };
  return (
    <>
      <SessionFields event={event} settling={settling} onClose={onClose} onRoom={onRoom} known={session.surgeons} />
      {session.state === "planned" ? (
        <Sure
          look="danger"
          label={t("cancelSession")}
          question={t("cancelSure", { title: session.title })}
          yes={t("cancelYes")}
          no={t("cancelNo")}
          offline={t("offline")}
          onYes={() => flip("cancelled")}
        />
      ) : (
        <Sure
          look="plain"
          label={t("reviveSession")}
          question={t("reviveSure", { title: session.title })}
          yes={t("reviveYes")}
          no={t("no")}
          offline={t("offline")}
          onYes={() => flip("planned")}
        />
      )}
    </>
  );
}

const names = () => ({
  title: t("name"),
  kind: t("kind"),
  starts: t("starts"),
  ends: t("ends"),
  room: t("room"),
  about: t("aboutSession"),
  subtitle: t("subtitle"),
  track: t("track"),
  language: t("language"),
  links: t("links"),
  capacity: t("capacity"),
  review: t("sessionReview"),
  surgeons: t("surgeonsHere"),
});

/** A field's value as people read it. */
const inWords =
  ({ rooms }: EventDay) =>
  (value: string, field: keyof Form): string => {
    if (field === "room") return rooms.find(({ id }) => id === value)?.name ?? t("noRoom");
    if (field === "starts" || field === "ends") return value.replace("T", " ");
    return value && (field === "kind" || field === "review") ? t(value as SessionKind & ReviewTime) : value;
  };

interface FieldsProps {
  event: EventDay;
  settling: Settling<Form>;
  label?: string;
  known?: { id: string; name: string }[];
  onClose: () => void;
  onRoom: () => Promise<void>;
}

function SessionFields({ event, settling, label, known = [], onClose, onRoom }: FieldsProps) {
  const { form, write, errors } = settling;
  const listed = useStaff<Page<OwnSurgeon>>(listedPath(event.slug));
  if (!form) return <Skeleton lines={6} />;
  const surgeons = listed.value?.results ?? known;
  const seat = (id: string, on: boolean) =>
    write({ surgeons: on ? [...form.surgeons, id] : form.surgeons.filter((one) => one !== id) });
  const zone = event.timezone;
  const fresh = label !== undefined;
  const badLink = linksOf(form.links).bad;
  return (
    <form class="card stack" onSubmit={submits(() => badLink === null && settling.save())} noValidate>
      <TextBox label={t("name")} value={form.title} error={errors.title} onInput={(title) => write({ title })} />
      <Select
        label={t("kind")}
        value={form.kind}
        options={KINDS.map((value) => ({ value, label: t(value) }))}
        onChange={(kind) => write({ kind: kind as SessionKind })}
      />
      <When
        label={t("starts")}
        zone={zone}
        value={form.starts}
        error={errors.starts}
        onChange={(starts) => write({ starts })}
      />
      <When label={t("ends")} zone={zone} value={form.ends} error={errors.ends} onChange={(ends) => write({ ends })} />
      <Select
        label={t("room")}
        value={form.room}
        error={errors.room}
        options={[
          { value: "", label: t("noRoom") },
          ...event.rooms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(room) => write({ room })}
      />
      <NewRoom event={event} onMade={(room) => void onRoom().then(() => write({ room }))} />
      <TextBox
        label={t("capacity")}
        hint={t("capacityHint")}
        inputmode="numeric"
        value={form.capacity}
        error={errors.capacity}
        onInput={(capacity) => write({ capacity: capacity.replace(/\D/g, "") })}
      />
      <TextBox
        label={t("aboutSession")}
        rows={4}
        value={form.about}
        error={errors.about}
        onInput={(about) => write({ about })}
      />
      <details open={["subtitle", "track", "language", "links"].some((name) => errors[name]) || badLink !== null}>
        <summary class="line-name">{t("furtherSession")}</summary>
        <div class="stack">
          <TextBox
            label={t("subtitle")}
            value={form.subtitle}
            error={errors.subtitle}
            onInput={(subtitle) => write({ subtitle })}
          />
          <TextBox
            label={t("track")}
            hint={t("trackHint")}
            value={form.track}
            error={errors.track}
            onInput={(track) => write({ track })}
          />
          <TextBox
            label={t("language")}
            hint={t("languageHint")}
            value={form.language}
            error={errors.language}
            onInput={(language) => write({ language })}
          />
          <TextBox
            label={t("links")}
            hint={t("sessionLinksHint")}
            rows={3}
            value={form.links}
            error={errors.links ?? (badLink && t("badLink", { line: badLink }))}
            onInput={(links) => write({ links })}
          />
        </div>
      </details>
      {surgeons.length > 0 && (
        <details>
          <summary class="line-name">
            {t("surgeonsHere")} ({form.surgeons.length})
          </summary>
          {surgeons.map(({ id, name }) => (
            <Tick key={id} label={name} checked={form.surgeons.includes(id)} onChange={(on) => seat(id, on)} />
          ))}
        </details>
      )}
      <Choice
        legend={t("sessionReview")}
        value={form.review}
        onChange={(review) => write({ review })}
        options={[
          ...(fresh ? [{ value: "" as const, label: t("asDay") }] : []),
          { value: "before", label: t("before") },
          { value: "after", label: t("after"), hint: t("afterHint") },
          { value: "closed", label: t("closed") },
        ]}
      />
      <FormFoot settling={settling} {...(label && { label })} names={names()} say={inWords(event)} />
      <Button onClick={onClose}>{t("cancel")}</Button>
    </form>
  );
}

function NewRoom({ event, onMade }: { event: EventDay; onMade: (room: string) => void }) {
  const draft = useDraft(`room:${event.id}`, "");
  const [error, setError] = useState<string | null>(null);
  const name = draft.value ?? "";
  const enter = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (name.trim()) void add();
  };
  const add = () =>
    addRoom(event.slug, name.trim()).then(
      ({ id }) => {
        draft.drop();
        setError(null);
        onMade(id);
      },
      (reason) => setError(excuse(reason, t("offline"))),
    );
  return (
    <details open={name !== ""}>
      <summary class="line-name">{t("roomNew")}</summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field means the room, not the session */}
      <div class="stack" onKeyDown={enter}>
        <TextBox label={t("roomName")} value={name} error={error} onInput={draft.write} />
        <Button disabled={!name.trim()} onClick={() => void add()}>
          {t("roomAdd")}
        </Button>
      </div>
    </details>
  );
}
