import { useEffect, useState } from "preact/hooks";
import { EXITS, set, settings, THEMES } from "../lib/settings";
import { Button, Choice, Notice, Tick, Title } from "../lib/ui";
import { choose, LANGUAGES } from "../lib/words";
import { forget } from "./forget";
import { installed, offer } from "./install";
import { t } from "./settings-words";

export function SettingsPage() {
  const { theme, quiet, exit, mineHidden, language } = settings.value;
  const speakIn = (tag: string) => {
    set({ language: tag });
    void choose(tag);
  };
  return (
    <div class="stack-wide">
      <Title>{t("title")}</Title>
      <p>{t("lead")}</p>
      {mineHidden && (
        <Notice>
          <p>{t("mineHidden")}</p>
          <Button onClick={() => set({ mineHidden: false })}>{t("showMine")}</Button>
        </Notice>
      )}
      <Choice
        legend={t("theme")}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => set({ theme: value })}
      />
      <Tick label={t("quiet")} hint={t("quietHint")} checked={quiet} onChange={(value) => set({ quiet: value })} />
      {LANGUAGES.length > 1 && (
        <Choice
          legend={t("language")}
          value={language}
          options={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
          onChange={speakIn}
        />
      )}
      <section>
        <h2>{t("textSize")}</h2>
        <p>{t("textSizeHint")}</p>
      </section>
      <Choice
        legend={t("exit")}
        value={exit as (typeof EXITS)[number]}
        options={EXITS.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => set({ exit: value })}
      />
      <Install />
      <Storage />
      <Forget />
    </div>
  );
}

function Install() {
  const ask = () =>
    void offer
      .peek()
      ?.prompt()
      .catch(() => undefined);
  return (
    <section class="stack">
      <h2>{t("install")}</h2>
      <p>{installed() ? t("installed") : t("installHint")}</p>
      {!installed() &&
        (offer.value ? <Button onClick={ask}>{t("installButton")}</Button> : <p class="hint">{t("installBy")}</p>)}
    </section>
  );
}

function Storage() {
  const [used, setUsed] = useState<number | null>(null);
  useEffect(() => {
    navigator.storage?.estimate?.().then(
      ({ usage }) => setUsed(usage ?? null),
      () => undefined,
    );
  }, []);
  const size = used === null ? "" : used < 1e6 ? `${Math.ceil(used / 1000)} KB` : `${(used / 1e6).toFixed(1)} MB`;
  return (
    <section>
      <h2>{t("storage")}</h2>
      <p>{size ? t("storageUsed", { size }) : t("storageUnknown")}</p>
    </section>
  );
}

/** Two steps, and the second says what is lost. */
function Forget() {
  const [step, setStep] = useState<"start" | "sure" | "done">("start");
  const really = async () => {
    const { exit } = settings.peek();
    await forget();
    setStep("done");
    // Staying would begin to keep things again.
    setTimeout(() => location.replace(exit), 2000);
  };
  if (step === "done") return <Notice kind="good" title={t("forgotten")} />;
  return (
    <section class="stack">
      <h2>{t("forget")}</h2>
      <p>{t("forgetHint")}</p>
      {step === "start" ? (
        <Button look="danger" onClick={() => setStep("sure")}>
          {t("forget")}
        </Button>
      ) : (
        <p class="row">
          <Button look="danger" onClick={() => void really()}>
            {t("forgetSure")}
          </Button>
          <Button onClick={() => setStep("start")}>{t("forgetNo")}</Button>
        </p>
      )}
    </section>
  );
}
