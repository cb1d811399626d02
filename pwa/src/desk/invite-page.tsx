import "./style.css";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../lib/http";
import { go, takeSecret } from "../lib/router";
import { Button, LinkButton, Notice, Skeleton, TextBox, Tick, Title } from "../lib/ui";
import type { InvitationLook } from "../lib/wire";
import { join } from "./account";
import { useDraft } from "./draft";
import { t } from "./invite-words";
import { excuse } from "./reading";
import { look } from "./token-calls";

interface Draft {
  /** The invitation itself: the address no longer holds it, so a reload would lose it. */
  token: string;
  email: string;
  name: string;
}

const EMPTY: Draft = { token: "", email: "", name: "" };

type State = "looking" | "none" | "offline" | "over" | InvitationLook;

/** Taking up an invitation. The router has erased its token from the address before any request. */
export function InvitePage() {
  const [fresh] = useState(takeSecret);
  const draft = useDraft<Draft>("invite", EMPTY);
  const [state, setState] = useState<State>("looking");
  const [said, setSaid] = useState("");
  const token = fresh || (draft.value?.token ?? "");
  const ask = () => {
    setState("looking");
    look(token).then(setState, (reason) => {
      setSaid(excuse(reason, t("offline")));
      setState(reason instanceof Problem && reason.status < 500 ? "over" : "offline");
    });
  };
  const ready = draft.value !== null;
  useEffect(() => {
    if (!ready) return;
    if (fresh && draft.value?.token !== fresh) draft.write({ ...EMPTY, token: fresh });
    if (token) ask();
    else setState("none");
  }, [ready]);

  if (!draft.value || state === "looking") return <Skeleton page lines={5} />;
  if (state === "none") return <Over title={t("noneTitle")} hint={t("noneHint")} />;
  if (state === "over") return <Over title={t("overTitle")} hint={said || t("overHint")} />;
  if (state === "offline") return <Over title={t("offlineTitle")} hint={said} again={ask} />;
  return <Accept invitation={state} draft={draft.value} token={token} write={draft.write} drop={draft.drop} />;
}

function Over({ title, hint, again }: { title: string; hint: string; again?: () => void }) {
  return (
    <div class="stack">
      <Title>{title}</Title>
      <p role="status">{hint}</p>
      <p class="row">
        {again && (
          <Button look="main" onClick={again}>
            {t("again")}
          </Button>
        )}
        <LinkButton href="/sign-in">{t("toSignIn")}</LinkButton>
      </p>
    </div>
  );
}

interface AcceptProps {
  invitation: InvitationLook;
  draft: Draft;
  token: string;
  write: (draft: Draft) => void;
  drop: () => void;
}

/** Which fields each kind of invitation asks for. */
const FIELDS = {
  role: ["email", "name", "password"],
  password: ["password"],
  "co-moderator": ["name"],
} as const;

function Accept({ invitation, draft, token, write, drop }: AcceptProps) {
  const { kind } = invitation;
  const asks = (field: "email" | "name" | "password") => (FIELDS[kind] as readonly string[]).includes(field);
  const [password, setPassword] = useState("");
  const [stay, setStay] = useState(kind === "co-moderator");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const name = draft.name || invitation.name;
  const send = async () => {
    if (busy) return;
    setErrors({});
    setBusy(true);
    try {
      await join(
        {
          token,
          ...(asks("email") && { email: draft.email.trim() }),
          ...(asks("name") && { name: name.trim() }),
          ...(asks("password") && { password }),
        },
        stay,
      );
      drop();
      go("/desk", { replace: true });
    } catch (reason) {
      setErrors(errorsOf(reason));
      setBusy(false);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <Lead invitation={invitation} />
      {errors.form && <Notice kind="wrong">{errors.form}</Notice>}
      {asks("email") && (
        <TextBox
          label={t("email")}
          hint={t("emailHint")}
          type="email"
          inputmode="email"
          autocomplete="username"
          error={errors.email}
          value={draft.email}
          onInput={(email) => write({ ...draft, token, email })}
        />
      )}
      {asks("name") && (
        <TextBox
          label={t("name")}
          hint={t("nameHint")}
          autocomplete="name"
          error={errors.name}
          value={name}
          onInput={(typed) => write({ ...draft, token, name: typed })}
        />
      )}
      {asks("password") && (
        <TextBox
          label={t("password")}
          hint={t("passwordHint")}
          type="password"
          autocomplete="new-password"
          error={errors.password}
          value={password}
          onInput={setPassword}
        />
      )}
      <Tick
        label={t("stay")}
        hint={t(kind === "co-moderator" ? "coStayHint" : "stayHint")}
        checked={stay}
        onChange={setStay}
      />
      <p>
        <Button type="submit" look="main" class="wide" busy={busy}>
          {t(kind === "password" ? "passwordAccept" : "accept")}
        </Button>
      </p>
    </form>
  );
}

/** What somebody is asked to take up. */
function Lead({ invitation: { kind, session, event, name, role } }: { invitation: InvitationLook }) {
  if (kind === "password")
    return (
      <>
        <Title above={event.title}>{t("passwordTitle")}</Title>
        <p>{t("passwordLead", { name })}</p>
      </>
    );
  if (kind === "co-moderator")
    return (
      <>
        <Title above={event.title}>{t("coTitle", { session: session?.title ?? t("coNoSession") })}</Title>
        <p>{t("coLead", { name })}</p>
      </>
    );
  return (
    <>
      <Title>{t("title", { event: event.title })}</Title>
      <p>
        {t("lead", { name })} <strong>{t(role)}</strong>. {t(`${role}Does`)}
      </p>
    </>
  );
}

/** What stands at which field; what fits none stands above the form. */
function errorsOf(reason: unknown): Record<string, string> {
  const fields = ["email", "name", "password"];
  const found = reason instanceof Problem ? reason.errors.filter(({ attr }) => fields.includes(attr)) : [];
  if (found.length > 0) return Object.fromEntries(found.map(({ attr, detail }) => [attr, detail]));
  return { form: excuse(reason, t("offline")) };
}
