// The words of the interface. English is in the first load; the others come when asked for.
// words.test.ts fails when a language lacks a key or has one too many.
import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';

export const LANGUAGES = { en: 'English', nl: 'Nederlands', fr: 'Français', de: 'Deutsch', es: 'Español', pt: 'Português' } as const;
// Not offered: shows that the page turns round for those who write from right to left.
const HIDDEN = ['ar'];

export const isLanguage = (language: string) => language in LANGUAGES || HIDDEN.includes(language);

const others = import.meta.glob<{ default: Record<string, string> }>(['./*.json', '!./en.json']);

export async function loadLanguage(language: string): Promise<void> {
  if (i18n.hasResourceBundle(language, 'translation')) return;
  const load = others[`./${language}.json`];
  if (load) i18n.addResourceBundle(language, 'translation', (await load()).default);
}

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

export { i18n };
