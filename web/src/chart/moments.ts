// When the records of a network were: its time strip, and what lies within a span of it.
import type { Chart } from '../api/client';
import type { NetworkGraph } from './graph';

/** Seconds of the local clock since 1970: the day that a record states is its own day, not one of UTC. */
export type LocalSecond = number;

export interface Span {
  from: LocalSecond;
  to: LocalSecond;
}

export interface Moments {
  /** Of moment i: [from[i], to[i]) as precise as the record says, "2026-03" is the month. */
  from: Float64Array;
  to: Float64Array;
  members: readonly (readonly string[])[];
  /** Of a node, the moments that touch it, ascending. */
  of: ReadonlyMap<string, readonly number[]>;
}

const WRITTEN = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?)?)?/;
const DAY_S = 86_400;

/** The span that a time as the server writes it stands for; null: not a time. */
export function spanOf(written: string): Span | null {
  const found = WRITTEN.exec(written);
  if (!found) return null;
  const [year = 0, month, day, hour, minute, second] = found.slice(1).map((digits) => (digits === undefined ? undefined : Number(digits)));
  const at = (y: number, m: number, d = 1) => Date.UTC(y, m, d) / 1000;
  if (month === undefined) return { from: at(year, 0), to: at(year + 1, 0) };
  if (day === undefined) return { from: at(year, month - 1), to: at(year, month) };
  const midnight = at(year, month - 1, day);
  if (hour === undefined || minute === undefined) return { from: midnight, to: midnight + DAY_S };
  const from = midnight + hour * 3600 + minute * 60 + (second ?? 0);
  return { from, to: from + (second === undefined ? 60 : 1) };
}

export function momentsOf(chart: Pick<Chart, 'places' | 'moments'>): Moments {
  const spans: Span[] = [];
  const members: string[][] = [];
  const of = new Map<string, number[]>();
  for (const moment of chart.moments) {
    const span = spanOf(moment.time);
    if (!span) continue;
    const touched = moment.members.flatMap((at) => chart.places[at]?.entity ?? []);
    for (const node of touched) {
      const own = of.get(node);
      if (own) own.push(spans.length);
      else of.set(node, [spans.length]);
    }
    spans.push(span);
    members.push(touched);
  }
  return { from: Float64Array.from(spans, (span) => span.from), to: Float64Array.from(spans, (span) => span.to), members, of };
}

export type BinUnit = 'hour' | 'day' | 'week' | 'month' | 'year';
export interface Bins {
  unit: BinUnit;
  /** Ascending; bin i is [edges[i], edges[i + 1]). Empty where nothing is dated. */
  edges: LocalSecond[];
}

export const MOST_BINS = 120;

const NEXT: Record<BinUnit, (date: Date) => number> = {
  hour: (date) => date.getTime() + 3_600_000,
  day: (date) => date.getTime() + DAY_S * 1000,
  week: (date) => date.getTime() + 7 * DAY_S * 1000,
  month: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1),
  year: (date) => Date.UTC(date.getUTCFullYear() + 1, 0),
};
const FLOOR: Record<BinUnit, (date: Date) => number> = {
  hour: (date) => Math.floor(date.getTime() / 3_600_000) * 3_600_000,
  day: (date) => Math.floor(date.getTime() / 86_400_000) * 86_400_000,
  // 1970-01-05 was a Monday.
  week: (date) => Math.floor((date.getTime() - 4 * 86_400_000) / (7 * 86_400_000)) * 7 * 86_400_000 + 4 * 86_400_000,
  month: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth()),
  year: (date) => Date.UTC(date.getUTCFullYear(), 0),
};
const LENGTH_S: Record<BinUnit, number> = { hour: 3600, day: DAY_S, week: 7 * DAY_S, month: 30.4 * DAY_S, year: 365 * DAY_S };
const UNITS: readonly BinUnit[] = ['hour', 'day', 'week', 'month', 'year'];

/** The finest unit that gives at most `most` bins and that some record is as exact as. */
export function binsOf({ from, to }: Moments, most = MOST_BINS): Bins {
  if (from.length === 0) return { unit: 'day', edges: [] };
  const first = from.reduce((x, y) => Math.min(x, y));
  const last = to.reduce((x, y) => Math.max(x, y));
  const finest = from.reduce((least, at, i) => Math.min(least, (to[i] as number) - at), Infinity);
  const unit = UNITS.find((one) => (last - first) / LENGTH_S[one] <= most - 2 && LENGTH_S[one] >= finest * 0.9) ?? 'year';
  const edges = [FLOOR[unit](new Date(first * 1000)) / 1000];
  while ((edges.at(-1) as number) < last) edges.push(NEXT[unit](new Date((edges.at(-1) as number) * 1000)) / 1000);
  return { unit, edges };
}

/** The bin that a time lies in: the last whose edge is not after it. */
function binAt(edges: readonly number[], at: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low;
}

export interface Histogram {
  /** Per bin, moments that certainly lie in it. */
  sure: Uint32Array;
  /** Per bin, moments dated less exactly than a bin, which may lie in it. */
  loose: Uint32Array;
}

/** @param only  moments to count; none given: all. */
export function histogramOf({ from, to }: Moments, { edges }: Bins, only?: Iterable<number>): Histogram {
  const n = Math.max(0, edges.length - 1);
  const [sure, loose] = [new Uint32Array(n), new Uint32Array(n)];
  const count = (i: number) => {
    const first = binAt(edges, from[i] as number);
    const last = binAt(edges, (to[i] as number) - 1);
    if (first === last) sure[first]! += 1;
    else for (let bin = first; bin <= last; ++bin) loose[bin]! += 1;
  };
  if (only) for (const i of only) count(i);
  else for (let i = 0; i < from.length; ++i) count(i);
  return { sure, loose };
}

export interface InTime {
  nodes: ReadonlySet<string>;
  nMoments: number;
  /** Whether both ends stand in one record of that time; of two that no dated record joins, whether both were there. */
  hasLink: (a: string, b: string) => boolean;
}

function both(x: readonly number[], y: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (x[i] === y[j]) out.push(x[i++] as number);
    else if ((x[i] as number) < (y[j] as number)) ++i;
    else ++j;
  }
  return out;
}

const shared = new WeakMap<Moments, Map<string, number[]>>();

/** Moments in which both stand; worked out once. */
function sharedBy(moments: Moments, a: string, b: string): number[] {
  let known = shared.get(moments);
  if (!known) shared.set(moments, (known = new Map()));
  const key = a < b ? `${a} ${b}` : `${b} ${a}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = both(moments.of.get(a) ?? [], moments.of.get(b) ?? [])));
  return found;
}

/** What a span touches. @cost  O(moments + members they touch): 20,000 in some 10 ms. */
export function within(moments: Moments, { from, to }: Span): InTime {
  const isIn = new Uint8Array(moments.from.length);
  const nodes = new Set<string>();
  let nMoments = 0;
  for (let i = 0; i < isIn.length; ++i) {
    if ((moments.from[i] as number) >= to || (moments.to[i] as number) <= from) continue;
    isIn[i] = 1;
    ++nMoments;
    for (const node of moments.members[i] as readonly string[]) nodes.add(node);
  }
  const hasLink = (a: string, b: string) => {
    if (!nodes.has(a) || !nodes.has(b)) return false;
    const together = sharedBy(moments, a, b);
    return together.length === 0 || together.some((i) => isIn[i] === 1);
  };
  return { nodes, nMoments, hasLink };
}

/** Moments that touch any of these nodes, each once. */
export function touching(moments: Moments, nodes: Iterable<string>): Set<number> {
  const out = new Set<number>();
  for (const node of nodes) for (const i of moments.of.get(node) ?? []) out.add(i);
  return out;
}

/** Nodes that no dated record touches: no span can say whether they were there. */
export const undated = (graph: NetworkGraph, moments: Moments): Set<string> => new Set(graph.filterNodes((node) => !moments.of.has(node)));
