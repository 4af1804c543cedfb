// What a reader chose for themself, kept in this browser: language, light or dark.
import { useCallback, useEffect, useState } from 'react';
import { i18n, isLanguage, loadLanguage } from '../words';

export type Theme = 'system' | 'light' | 'dark';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export const directionOf = (language: string) => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

export function chosenLanguage(): string {
  const kept = localStorage.getItem('language');
  if (kept && isLanguage(kept)) return kept;
  return navigator.languages.map((l) => l.slice(0, 2)).find(isLanguage) ?? 'en';
}

export async function speak(language: string): Promise<void> {
  await loadLanguage(language);
  localStorage.setItem('language', language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  await i18n.changeLanguage(language);
}

function keptTheme(): Theme {
  const kept = localStorage.getItem('theme') as Theme | null;
  return kept && THEMES.includes(kept) ? kept : 'system';
}

/** Sets data-theme on the page, by which tokens.css chooses its colours. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(keptTheme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('ovillo-theme'));
  }, [theme]);
  const choose = useCallback((next: Theme) => {
    localStorage.setItem('theme', next);
    setTheme(next);
  }, []);
  return [theme, choose];
}
