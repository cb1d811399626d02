import { place } from "../lib/router";
import { settings } from "../lib/settings";
import { dayHere, here } from "../programme/here";
import { leave } from "./leave";
import { Mark } from "./mark";
import { Page } from "./page";
import { t } from "./words";

export function Shell() {
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: a real link, though the router must not change the address */}
      <a class="skip" href="#main" onClick={toMain}>
        {t("skip")}
      </a>
      <Top />
      {/* The worker's part of the app draws here: "A new version is ready". */}
      <div id="news" role="status" />
      <main id="main" tabIndex={-1}>
        <Page />
      </main>
      <Bottom />
      <Places />
    </>
  );
}

function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Top() {
  const day = dayHere();
  return (
    <header class="top">
      <a
        class="mark"
        href={here.value ? `/e/${here.value}` : "/"}
        aria-label={day ? `${t("name")}: ${day.title}` : t("name")}
      >
        <Mark />
        <span class="mark-name">{t("name")}</span>
      </a>
      <span class="top-acts">
        <a class="help-now" href="/help">
          {t("help")}
        </a>
        <button type="button" class="leave" onClick={leave} title={t("leaveHint")}>
          {t("leave")}
        </button>
      </span>
      {/* shift.ts says here how often Shift is still to be pressed. */}
      <span class="away" role="status" id="shift-said" />
    </header>
  );
}

/** Where one can go from everywhere: a bar at the thumb on a phone, a line at the top on a wide screen. */
function Places() {
  const { path } = place.value;
  const base = here.value && `/e/${here.value}`;
  const mine = settings.value.mineHidden ? [] : [{ to: "/mine", name: t("mine") }];
  const places = base
    ? [
        { to: base, name: t("day") },
        { to: `${base}/programme`, name: t("programme") },
        { to: `${base}/surgeons`, name: t("surgeons") },
        ...mine,
      ]
    : [{ to: "/", name: t("events") }, ...mine];
  return (
    <nav class="places" aria-label={t("menu")}>
      <ul>
        {places.map(({ to, name }) => (
          <li key={to}>
            <a href={to} aria-current={path === to ? "page" : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Bottom() {
  return (
    <footer class="bottom">
      <nav aria-label={t("more")}>
        <ul class="row">
          <li>
            <a href="/privacy">{t("privacy")}</a>
          </li>
          <li>
            <a href="/settings">{t("settings")}</a>
          </li>
          <li>
            <a href="/">{t("events")}</a>
          </li>
          <li>
            <a href="/desk">{t("signIn")}</a>
          </li>
        </ul>
      </nav>
    </footer>
  );
}
