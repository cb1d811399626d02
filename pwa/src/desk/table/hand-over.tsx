import { useState } from "preact/hooks";
import { Button, Skeleton } from "../../lib/ui";
import { me } from "../account";
import { type Colleague, colleaguesPath } from "../bench-calls";
import { Select, submits } from "../parts";
import { useStaff } from "../reading";
import { t } from "./words";

interface Props {
  event: string;
  /** A person can only be sent to a table; a question goes to anybody who answers. */
  what: "person" | "question";
  busy: boolean;
  onGive: (to: string, name: string) => void;
  onClose: () => void;
}

/** Who can see to it, those who are here first. */
export function fitting(colleagues: readonly Colleague[], what: "person" | "question"): Colleague[] {
  const here = colleagues.filter(({ at }) => at !== null);
  const away = colleagues.filter(({ at, roles }) => at === null && roles.some((role) => role !== "door"));
  return what === "person" ? here : [...here, ...away];
}

function nameOf({ name, at }: Colleague): string {
  if (at === null) return t("handAway", { name });
  return at ? t("handAt", { name, place: at }) : t("handHere", { name });
}

/** To which other surgeon somebody, or a question, goes. */
export function HandOver({ event, what, busy, onGive, onClose }: Props) {
  const copy = useStaff<Colleague[]>(colleaguesPath(event));
  const [to, setTo] = useState("");
  if (copy.standing === "loading") return <Skeleton lines={2} />;
  const others = fitting(copy.value ?? [], what).filter(({ id }) => id !== me()?.id);
  const name = others.find(({ id }) => id === to)?.name;
  if (others.length === 0)
    return (
      <div class="stack">
        <p>
          {copy.problem?.message ??
            t(copy.standing === "offline" ? "offline" : what === "person" ? "handNobody" : "handNone")}
        </p>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    );
  return (
    <form class="stack" onSubmit={submits(() => name && onGive(to, name))}>
      <Select
        label={t("handTo")}
        value={to}
        options={[
          { value: "", label: t("handChoose") },
          ...others.map((one) => ({ value: one.id, label: nameOf(one) })),
        ]}
        onChange={setTo}
      />
      <p class="row">
        <Button type="submit" look="main" busy={busy} disabled={!name}>
          {t("handDo")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </form>
  );
}
