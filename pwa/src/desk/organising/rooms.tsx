import { useState } from "preact/hooks";
import { Button, Notice, TextBox } from "../../lib/ui";
import type { EventDay, Room } from "../../lib/wire";
import { addRoom } from "../calls";
import { useDraft } from "../draft";
import { submits } from "../parts";
import { excuse, isLate, type StaffCopy } from "../reading";
import { Sure } from "../sure";
import { removeRoom, renameRoom } from "./plan-calls";
import { t } from "./plan-words";

/** The rooms and places of a day: another one, another name, or gone. */
export function Rooms({ event, copy, onChange }: { event: EventDay; copy: StaffCopy<EventDay>; onChange: () => void }) {
  const [said, setSaid] = useState("");
  const draft = useDraft(`place:${event.id}`, "");
  const [error, setError] = useState<string | null>(null);
  const name = draft.value ?? "";
  const done = async () => {
    setSaid(t("saved"));
    await copy.again();
    onChange();
  };
  const add = async () => {
    setError(name.trim() ? null : t("needName"));
    if (!name.trim()) return;
    try {
      await addRoom(event.slug, name.trim());
      draft.drop();
      await done();
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
  };
  return (
    <details>
      <summary class="line-name">
        {t("rooms")} ({event.rooms.length})
      </summary>
      <div class="stack">
        {said && <Notice kind="good">{said}</Notice>}
        {event.rooms.length === 0 && <p class="muted">{t("roomsNone")}</p>}
        <ul class="own-lines">
          {event.rooms.map((room) => (
            <li key={room.id}>
              <OneRoom room={room} copy={copy} onDone={done} />
            </li>
          ))}
        </ul>
        <form class="stack" onSubmit={submits(() => void add())} aria-label={t("newRoom")}>
          <TextBox label={t("newRoom")} value={name} error={error} onInput={draft.write} />
          <Button type="submit">{t("add")}</Button>
        </form>
      </div>
    </details>
  );
}

function OneRoom({ room, copy, onDone }: { room: Room; copy: StaffCopy<EventDay>; onDone: () => Promise<void> }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { id, name } = room;
  const keep = async () => {
    const wanted = (typed ?? "").trim();
    setError(wanted ? null : t("needName"));
    if (!wanted) return;
    try {
      await renameRoom(id, wanted, copy.etag ?? "");
      setTyped(null);
      await onDone();
    } catch (reason) {
      const late = isLate(reason);
      if (late) await copy.again();
      setError(late ? t("meanwhile") : excuse(reason, t("offline")));
    }
  };
  if (typed !== null)
    return (
      <form class="stack" onSubmit={submits(() => void keep())} aria-label={t("renameOf", { name })}>
        <TextBox label={t("nameOf", { name })} value={typed} error={error} onInput={setTyped} />
        <p class="row">
          <Button type="submit">{t("keep")}</Button>
          <Button onClick={() => setTyped(null)}>{t("close")}</Button>
        </p>
      </form>
    );
  return (
    <div class="row between">
      <span dir="auto">{name}</span>
      <Button look="link" label={t("renameOf", { name })} onClick={() => setTyped(name)}>
        {t("rename")}
      </Button>
      <Sure
        label={t("remove")}
        ofWhat={t("removeOf", { name })}
        question={t("removeSure", { name })}
        yes={t("yes")}
        no={t("no")}
        offline={t("offline")}
        onYes={async () => {
          try {
            await removeRoom(id, copy.etag ?? "");
          } catch (reason) {
            if (isLate(reason)) await copy.again();
            throw reason;
          }
          await onDone();
        }}
      />
    </div>
  );
}
