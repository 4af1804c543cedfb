import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import { LANGUAGES } from '.';

const words = (language: string) => JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as Record<string, string>;
const PLURAL = /_(zero|one|two|few|many|other)$/;
const bases = (keys: string[]) => [...new Set(keys.map((key) => key.replace(PLURAL, '')))].sort();
const slots = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1]).sort();

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe.each(Object.keys(LANGUAGES))('words in %s', (language) => {
  const own = words(language);
  it('has every key and no other', () => {
    expect(bases(Object.keys(own))).toEqual(bases(Object.keys(en)));
  });
  it('has no empty word', () => {
    expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  it('has every plural its grammar knows', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plural = bases(Object.keys(en).filter((key) => PLURAL.test(key)));
    expect(plural.flatMap((key) => categories.map((category) => `${key}_${category}`)).filter((key) => !own[key])).toEqual([]);
  });
  it('speaks of what the English speaks of', () => {
    const english = en as Record<string, string>;
    const differing = Object.keys(own).filter((key) => {
      const there = english[key] ?? english[key.replace(PLURAL, '_other')] ?? '';
      // "the first one shown" may leave out its number.
      return key in english && !key.endsWith('_one') && slots(own[key] ?? '').join() !== slots(there).join();
    });
    expect(differing).toEqual([]);
  });
});

describe('keys in the sources', () => {
  const text = sources(join(import.meta.dirname, '..'));
  const english = bases(Object.keys(en));
  it('stand in the words', () => {
    const asked = [...text.matchAll(/\bt\('([^']+)'/g)].map((found) => found[1] as string);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !english.includes(key))).toEqual([]);
  });
  it('are all used', () => {
    const families = [...text.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1] as string);
    const isUsed = (key: string) => text.includes(`'${key}'`) || families.some((family) => key.startsWith(family));
    expect(english.filter((key) => !isUsed(key))).toEqual([]);
  });
});
