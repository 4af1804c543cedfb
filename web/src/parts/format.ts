import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/client';

const HOUR_S = 3600;
const DAY_S = 86_400;

/** Dates, numbers and spans of time as the reader's language writes them; times are UTC. */
export function useFormat() {
  const { i18n, t } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
    const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
    const numbers = new Intl.NumberFormat(language);
    const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    const read = (time: string | null | undefined) => (time ? new Date(time) : null);
    const isDate = (date: Date | null): date is Date => date !== null && !Number.isNaN(date.getTime());
    const show = (format: Intl.DateTimeFormat, time: string | null | undefined) => {
      const date = read(time);
      if (isDate(date)) return format.format(date);
      return time || t('time.none');
    };
    return {
      number: (n: number) => numbers.format(n),
      day: (time: string | null | undefined) => show(days, time),
      time: (time: string | null | undefined) => show(times, time),
      since: (time: string, now: number) => {
        const s = Math.round((new Date(time).getTime() - now) / 1000);
        if (Math.abs(s) < HOUR_S) return ago.format(Math.trunc(s / 60), 'minute');
        return Math.abs(s) < 2 * DAY_S ? ago.format(Math.trunc(s / HOUR_S), 'hour') : ago.format(Math.trunc(s / DAY_S), 'day');
      },
    };
  }, [language, t]);
}

/** "notices.csv, row 12, byte 903": where a record stands in the file that came in. */
export function usePlaceInFile() {
  const { t } = useTranslation();
  return (c: Citation) => [c.file, c.member, t('cite.row', { row: c.row }), t('cite.byte', { byte: c.byte })].filter(Boolean).join(', ');
}

export const shortId = (id: string) => id.slice(0, 8);

/** Letters up to which a value is shown as it is; a longer one is a text, named by its beginning and folded. */
export const LONGEST_NAME = 60;

/** A text by its beginning, one line. */
export function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
