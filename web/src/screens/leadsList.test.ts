import { expect, it } from 'vitest';
import type { LeadFacts, NetworkLine } from '../api/client';
import { chosen, leadsOf } from './leadsList';

const sign = (sentence: string) => ({ indicator: 'debt', family: 'debt', sentence, n_evidence: 1 });
const line = (id: string, more: Partial<NetworkLine>): NetworkLine => ({ id, key: id, n_records: 1, n_entities: 1, newest: null, organisation: [], signs_for: [], signs_against: [], not_known: [], members: [], ...more });
const facts = (id: string, place: string) => ({ id, oldest: null, newest: null, n_not_dated: 0, n_towns: place ? 1 : 0, towns: place ? [{ place, n_records: 2 }] : [], decided: null as LeadFacts['decided'] });
const decided = (disposition: string, until: string | null = null) => ({ id: 'd', disposition, at: '2026-01-01T00:00:00Z', by: 'lies', reason: 'r', of: '', until });

const leads = leadsOf(
  [line('aa', { n_records: 3, newest: '2026-01-01T00:00:00Z' }), line('bb', { n_records: 9, signs_for: [sign('a debt is worked off')] }), line('cc', { newest: '2026-02-01T00:00:00Z' })],
  [facts('cc', 'BE/Gent'), facts('aa', '')],
);
const ids = (words: string, withSigns = false, order: Parameters<typeof chosen>[1]['order'] = 'given') => chosen(leads, { words, withSigns, order, decided: 'all' }).map((lead) => lead.line.id);

it('keeps the order given', () => expect(ids('')).toEqual(['aa', 'bb', 'cc']));
it('asks for every word, in towns, signs and ids', () => {
  expect(ids('gent')).toEqual(['cc']);
  expect(ids('DEBT worked')).toEqual(['bb']);
  expect(ids('debt gent')).toEqual([]);
});
it('sorts the most first, equal ones as given', () => {
  expect(ids('', false, 'records')).toEqual(['bb', 'aa', 'cc']);
  expect(ids('', false, 'newest')).toEqual(['cc', 'aa', 'bb']);
  expect(ids('', false, 'towns')).toEqual(['cc', 'aa', 'bb']);
});
it('shows only those with signs when asked', () => expect(ids('', true)).toEqual(['bb']));
it('tells what waits from what is decided; what was put aside waits again when its day has come', () => {
  const some = leadsOf(
    [line('aa', {}), line('bb', {}), line('cc', {})],
    [{ ...facts('aa', ''), decided: decided('co_working') }, { ...facts('bb', ''), decided: decided('put_aside', '2026-03-01T00:00:00Z') }, facts('cc', '')],
  );
  const of = (which: 'waiting' | 'decided', now: string) => chosen(some, { words: '', withSigns: false, order: 'given', decided: which }, Date.parse(now)).map((lead) => lead.line.id);
  expect(of('decided', '2026-02-01')).toEqual(['aa', 'bb']);
  expect(of('waiting', '2026-02-01')).toEqual(['cc']);
  expect(of('waiting', '2026-03-02')).toEqual(['bb', 'cc']);
});
