/** Small choices kept on this phone only. Read before the first paint, so they live in localStorage. */
import { effect, signal } from "@preact/signals";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  theme: Theme;
  /** No motion, no counts, updates only when asked for. */
  quiet: boolean;
  language: string;
  /** Where "Leave quickly" goes: one of `EXITS`. */
  exit: string;
  /** "My questions" is out of sight until somebody brings it back in Settings. */
  mineHidden: boolean;
}

export const EXITS = ["https://www.bbc.co.uk/weather", "https://www.google.com/", "https://en.wikipedia.org/"] as const;

const KEY = "equalterms";
const DEFAULTS: Settings = { theme: "auto", quiet: false, language: "en-GB", exit: EXITS[0], mineHidden: false };

function read(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
    const exit = EXITS.find((one) => one === kept.exit) ?? DEFAULTS.exit;
    const theme = THEMES.find((one) => one === kept.theme) ?? DEFAULTS.theme;
    return { ...DEFAULTS, ...kept, exit, theme };
  } catch {
    return DEFAULTS;
  }
}

export const settings = signal<Settings>(read());

/** Changes some choices and keeps them. */
export function set(some: Partial<Settings>): void {
  settings.value = { ...settings.value, ...some };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // Storage is refused: the choice holds until the page closes.
  }
}

/** Shows theme and quiet mode on the page, now and whenever they change. */
export function startSettings(): () => void {
  return effect(() => {
    const { theme, quiet } = settings.value;
    const root = document.documentElement;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.toggleAttribute("data-quiet", quiet);
  });
}
