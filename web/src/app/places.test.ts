import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pathOf, placeOf } from './places';

it('reads back every address it writes', () => {
  for (const place of [{ screen: 'urgent' }, { screen: 'leads' }, { screen: 'network', id: 'a/b' }, { screen: 'why' }, { screen: 'record', id: 'ff' }, { screen: 'search' }, { screen: 'help' }] as const)
    expect(placeOf(pathOf(place))).toEqual(place);
});
it('leads nowhere else', () => expect(placeOf('/nothing/here')).toEqual({ screen: 'leads' }));
it('is known to the server, first part by first part', () => {
  const server = readFileSync(new URL('../../../server/page_files.cpp', import.meta.url), 'utf8');
  for (const part of ['urgent', 'leads', 'networks', 'why', 'records', 'search', 'help']) expect(server).toContain(`"${part}"`);
});
