import { describe, expect, it } from 'vitest';
import type { NetworkMap } from '../api/client';
import { chosenTowns, legibleNames, membersIn, nInTime, townName, townsOfFirstView } from './townMap';

const town = (place: string, longitude: number | null, latitude: number | null, n_records: number, ...times: string[]) => ({ place, longitude, latitude, radius_km: 3, n_records, n_stays: 0, times });
const map: NetworkMap = {
  id: 'n',
  towns: [town('BE/Gent', 3.7, 51, 40, '2026-01-02', '2026-02', '2026-03-01'), town('BE/Brugge', 3.2, 51.2, 30), town('BR/Vitoria', -40, -20, 1), town('/Nowhere', null, null, 1)],
  members: [{ entity: 'seen', n_towns: 2, towns: [0, 2] }, { entity: 'advert', n_towns: 3, towns: null }],
};

describe('towns', () => {
  it('far off do not make all others one dot', () => expect(townsOfFirstView(map.towns)).toEqual([0, 1]));
  it('count the records that may lie in a span', () => {
    const at = (text: string) => Date.parse(`${text}Z`) / 1000;
    expect(nInTime(map.towns[0]!, null)).toBe(40);
    expect(nInTime(map.towns[0]!, { from: at('2026-02-10T00:00'), to: at('2026-03-01T00:00') })).toBe(1);
  });
  it('of one seen only in adverts are counted and not named', () => {
    const chosen = chosenTowns(map, new Set(['seen', 'advert']));
    expect([...chosen.towns]).toEqual([0, 2]);
    expect(chosen.withheld).toEqual([{ entity: 'advert', nTowns: 3 }]);
    expect(membersIn(map, 0)).toEqual(['seen']);
  });
  it('are called as people call them', () => expect(map.towns.map((one) => townName(one.place))).toEqual(['Gent', 'Brugge', 'Vitoria', 'Nowhere']));
  it('leave out a name that would lie over another', () => {
    const named = [{ town: 0, x: 0, y: 0, text: 'Gent' }, { town: 1, x: 10, y: 5, text: 'Brugge' }, { town: 2, x: 0, y: 30, text: 'Aalst' }];
    expect(legibleNames(named).map((one) => one.town)).toEqual([0, 2]);
  });
});
