import { useEffect, useRef, useState } from "preact/hooks";
import { NoAnswer } from "../../lib/http";
import { Button, Notice, Status, TextBox } from "../../lib/ui";
import { submits } from "../parts";
import { excuse } from "../reading";
import { type Arrival, findTicket, moveTicket, type Ticket } from "./calls";
import type { Typed } from "./door";
import { admit, heardLate } from "./sending";
import { t } from "./words";

interface Props {
  event: string;
  typed: Typed;
  write: (some: Partial<Typed>) => void;
  /** The numbers of the sessions have changed. */
  after: () => Promise<void>;
}

interface Said {
  readonly text: string;
  readonly kind: "good" | "warn" | "wrong";
}

/** One box: whoever has this number, and nobody else. */
export function Search({ event, typed, write, after }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [found, setFound] = useState<Ticket | null>(null);
  const box = useRef<(HTMLTextAreaElement & HTMLInputElement) | null>(null);
  const run = async (work: () => Promise<Said | null>) => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    heardLate.value = [];
    try {
      setSaid(await work());
    } catch (reason) {
      setSaid({ text: excuse(reason, t("offline")), kind: "wrong" });
    }
    setBusy(false);
  };
  const done = () => {
    setFound(null);
    write({ search: "" });
    void after();
    box.current?.focus();
  };
  const arrive = async (ticket: number): Promise<Said> => {
    const arrival = await admit(event, ticket);
    done();
    return arrival ? became(arrival) : { text: t("onPhone"), kind: "warn" };
  };
  const find = async (ticket: number): Promise<Said | null> => {
    setFound(null);
    try {
      const one = await findTicket(event, ticket);
      if (!one) return { text: t("nobody", { n: ticket }), kind: "warn" };
      setFound(one);
      return null;
    } catch (reason) {
      if (reason instanceof NoAnswer) return arrive(ticket);
      throw reason;
    }
  };
  const move = (ticket: Ticket, how: "left" | "back") =>
    run(async () => {
      await moveTicket(ticket.id, how);
      done();
      return { text: t(`did${how}`, { n: ticket.ticket }), kind: "good" };
    });
  const submit = () => {
    const wrong = /^\d{3,4}$/.test(typed.search.trim()) ? null : t("badNumber");
    setError(wrong);
    if (!wrong) void run(() => find(Number(typed.search.trim())));
  };
  return (
    <div class="stack">
      <form class="find" onSubmit={submits(submit)}>
        <TextBox
          label={t("ticket")}
          error={error}
          inputmode="numeric"
          input={box}
          value={typed.search}
          onInput={(text) => write({ search: text })}
        />
        <Button type="submit" look="main" busy={busy}>
          {t("find")}
        </Button>
      </form>
      <div role="status">{said && said.kind !== "wrong" && <Notice kind={said.kind}>{said.text}</Notice>}</div>
      {said?.kind === "wrong" && <Notice kind="wrong">{said.text}</Notice>}
      {found && (
        <Found
          key={found.id}
          ticket={found}
          busy={busy}
          onCheckIn={() => void run(() => arrive(found.ticket))}
          onMove={(how) => void move(found, how)}
          onClose={done}
        />
      )}
    </div>
  );
}

function became({ ticket: n, outcome, session }: Arrival): Said {
  const text = t(outcome === "here-already" ? "didalready" : `did${outcome}`, { n });
  const kind = outcome === "arrived" || outcome === "here-already" ? "good" : "warn";
  return { text: session ? t("didat", { said: text, title: session.title }) : text, kind };
}

interface FoundProps {
  ticket: Ticket;
  busy: boolean;
  onCheckIn: () => void;
  onMove: (how: "left" | "back") => void;
  onClose: () => void;
}

function Found({ ticket: { ticket, state, session, labels, remote }, busy, onCheckIn, onMove, onClose }: FoundProps) {
  const [sure, setSure] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const comes = state === "held" || state === "waiting";
  const called = state === "called";
  return (
    <article class="card stack">
      <h2 tabIndex={-1} ref={heading}>
        <span class="away">{t("number")} </span>
        <span class="door-number">{ticket}</span>
      </h2>
      <p class="row">
        <Status kind={state === "here" ? "good" : "plain"}>{t(state)}</Status>
        {remote && <Status kind="warn">{t("remote")}</Status>}
        {labels.map((label) => (
          <Status key={label}>
            <span dir="auto">{label}</span>
          </Status>
        ))}
      </p>
      <p dir="auto">{session.title}</p>
      {sure ? (
        <Notice kind="warn" title={t("wentSure", { n: ticket })}>
          <p class="row">
            <Button look="danger" busy={busy} onClick={() => onMove("left")}>
              {t("wentYes")}
            </Button>
            <Button onClick={() => setSure(false)}>{t("close")}</Button>
          </p>
        </Notice>
      ) : (
        <p class="row">
          {comes && (
            <Button look="main" busy={busy} onClick={onCheckIn}>
              {t("admit")}
            </Button>
          )}
          {called && (
            <Button busy={busy} onClick={() => onMove("back")}>
              {t("back")}
            </Button>
          )}
          {(comes || called || state === "here") && <Button onClick={() => setSure(true)}>{t("went")}</Button>}
          <Button onClick={onClose}>{t("close")}</Button>
        </p>
      )}
    </article>
  );
}
