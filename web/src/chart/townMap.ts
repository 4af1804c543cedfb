// Towns of a network on a map: who is chosen, when, and which names find room.
import type { NetworkMap } from '../api/client';
import type { Span } from './moments';
import { spanOf } from './moments';

export type Town = NetworkMap['towns'][number];

/** Records of a town that may lie in the span; null: all of time. */
export function nInTime(town: Town, span: Span | null): number {
  if (!span) return town.n_records;
  return town.times.reduce((n, time) => {
    const one = spanOf(time);
    return n + Number(one !== null && one.from < span.to && one.to > span.from);
  }, 0);
}

export interface Chosen {
  /** Positions of towns in which those selected were seen, where that is told. */
  towns: ReadonlySet<number>;
  /** Of those selected, who was seen only in adverts: in how many towns each, never in which. */
  withheld: { entity: string; nTowns: number }[];
}

export function chosenTowns(map: NetworkMap, selected: ReadonlySet<string>): Chosen {
  const towns = new Set<number>();
  const withheld: Chosen['withheld'] = [];
  for (const member of map.members) {
    if (!selected.has(member.entity)) continue;
    if (member.towns) for (const town of member.towns) towns.add(town);
    else withheld.push({ entity: member.entity, nTowns: member.n_towns });
  }
  return { towns, withheld };
}

/** Members seen in a town, where that is told. */
export const membersIn = (map: NetworkMap, town: number): string[] => map.members.filter((member) => member.towns?.includes(town)).map((member) => member.entity);

/** "BE/Gent" as people write it: Gent. */
export const townName = (place: string) => place.slice(place.indexOf('/') + 1);

export interface Named {
  town: number;
  x: number;
  y: number;
}

/** Names that can stand without lying over one another; the first given come first. */
export function legibleNames(wanted: readonly (Named & { text: string })[], letter = 6.6, height = 14): Named[] {
  const taken: [number, number, number, number][] = [];
  return wanted.filter(({ x, y, text }) => {
    const box: [number, number, number, number] = [x, y - height / 2, x + text.length * letter, y + height / 2];
    if (taken.some(([a, b, c, d]) => a < box[2] && box[0] < c && b < box[3] && box[1] < d)) return false;
    taken.push(box);
    return true;
  });
}

/** Share of the records that the first view of a map holds: one town far off would make all others one dot. */
const FIRST_VIEW = 0.95;

const median = (values: readonly { at: number; weight: number }[]) => {
  const sorted = [...values].sort((x, y) => x.at - y.at);
  let left = sorted.reduce((sum, one) => sum + one.weight, 0) / 2;
  return (sorted.find((one) => (left -= one.weight) <= 0) ?? sorted.at(-1))?.at ?? 0;
};

/** Towns about the middle that hold most records; those far off come in by zooming out. Positions, ascending. */
export function townsOfFirstView(towns: readonly Town[]): number[] {
  const placed = towns.flatMap((town, i) => (town.latitude === null || town.longitude === null ? [] : [{ i, x: town.longitude, y: town.latitude, weight: town.n_records }]));
  const x = median(placed.map((one) => ({ at: one.x, weight: one.weight })));
  const y = median(placed.map((one) => ({ at: one.y, weight: one.weight })));
  const nearestFirst = [...placed].sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  const all = placed.reduce((sum, one) => sum + one.weight, 0);
  const seen: number[] = [];
  let held = 0;
  for (const one of nearestFirst) {
    if (held >= FIRST_VIEW * all) break;
    held += one.weight;
    seen.push(one.i);
  }
  return seen.sort((a, b) => a - b);
}
