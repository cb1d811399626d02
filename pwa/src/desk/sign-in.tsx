import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../lib/http";
import { Button, Notice, TextBox, Tick, Title } from "../lib/ui";
import { dayHere } from "../programme/here";
import { signIn } from "./account";
import { useDraft } from "./draft";
import { excuse } from "./reading";
import { turnedAway } from "./tokens";
import { t } from "./words";

/** The form for those who run the day. Only the e-mail is kept while it is typed. */
export function SignIn({ onDone }: { onDone?: () => void }) {
  const email = useDraft("email", "");
  const [password, setPassword] = useState("");
  const [stay, setStay] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ at: "email" | "password" | "form"; said: string } | null>(null);
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrong?.at === "form") said.current?.focus();
  }, [wrong]);
  const errorAt = (at: "email" | "password") => (wrong?.at === at ? wrong.said : null);

  const send = async () => {
    if (busy || email.value === null) return;
    const address = email.value.trim();
    if (!address) return setWrong({ at: "email", said: t("needEmail") });
    if (!password) return setWrong({ at: "password", said: t("needPassword") });
    setBusy(true);
    try {
      await signIn(address, password, stay);
      email.drop();
      onDone?.();
    } catch (reason) {
      setWrong({ at: "form", said: [excuse(reason, t("offline")), pauseOf(reason)].filter(Boolean).join(" ") });
      setBusy(false);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  return (
    <form class="stack sign-in" onSubmit={submit} noValidate>
      <Title>{t("signInTitle")}</Title>
      {turnedAway.value ? (
        <Notice kind="warn" title={t("turnedAway")}>
          <p>{t("turnedAwayHint")}</p>
        </Notice>
      ) : (
        <p>{t("signInLead")}</p>
      )}
      {globalThis.isSecureContext === false && <Notice kind="warn">{t("insecure")}</Notice>}
      {wrong?.at === "form" && (
        <div class="notice wrong" role="alert" tabIndex={-1} ref={said}>
          {wrong.said}
        </div>
      )}
      <TextBox
        label={t("email")}
        type="email"
        inputmode="email"
        autocomplete="username"
        error={errorAt("email")}
        value={email.value ?? ""}
        onInput={email.write}
      />
      <TextBox
        label={t("password")}
        type="password"
        autocomplete="current-password"
        error={errorAt("password")}
        value={password}
        onInput={setPassword}
      />
      <Tick label={t("stay")} hint={t("stayHint")} checked={stay} onChange={setStay} />
      <p>
        <Button type="submit" look="main" class="wide" busy={busy}>
          {t("signIn")}
        </Button>
      </p>
      <p class="hint">{t("forgot")}</p>
      <DemoHint />
    </form>
  );
}

const pauseOf = (reason: unknown): string =>
  reason instanceof Problem && reason.retryAfter ? t("wait", { n: reason.retryAfter }) : "";

/** Only the demonstration day runs on a shifted clock. */
export function DemoHint() {
  if (!dayHere()?.clock_offset) return null;
  return (
    <Notice title={t("demo")}>
      <p>{t("demoHint")}</p>
    </Notice>
  );
}
