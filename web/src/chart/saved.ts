// A chart as it is kept: what is shown, where, and what is filtered; ids and places, no value of anybody.
import type { LinkKind, NetworkGraph } from './graph';
import type { ChartState, Point } from './state';
import { stateOf } from './state';
import type { Window } from './useClock';

interface Kept {
  version: 1;
  places: Record<string, [x: number, y: number]>;
  pinned: string[];
  kindsOff: string[];
  linksOff: string[];
  allLinks: boolean;
  window: Window | null;
}

const rounded = (n: number) => Math.round(n * 100) / 100;

export function contentOf(state: ChartState, places: ReadonlyMap<string, Point>, window: Window | null): string {
  const shown = [...state.visible].sort();
  const kept: Kept = {
    version: 1,
    places: Object.fromEntries(shown.map((node) => [node, [rounded(places.get(node)?.x ?? 0), rounded(places.get(node)?.y ?? 0)]])),
    pinned: [...state.pinned.keys()].filter((node) => state.visible.has(node)).sort(),
    kindsOff: [...state.kindsOff].sort(),
    linksOff: [...state.linksOff].sort(),
    allLinks: state.allLinks,
    window,
  };
  return JSON.stringify(kept);
}

const words = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
const isPoint = (value: unknown): value is [number, number] => Array.isArray(value) && value.length === 2 && value.every((n) => typeof n === 'number' && Number.isFinite(n));

/**
 * What was kept, as far as the network still has it: members that are gone since (a record excised, a
 * compartment no longer granted) are left out. null: nothing of it can be shown.
 */
export function keptIn(graph: NetworkGraph, content: string): { state: ChartState; window: Window | null; nGone: number } | null {
  let kept: Partial<Record<keyof Kept, unknown>>;
  try {
    kept = JSON.parse(content) as typeof kept;
  } catch {
    return null;
  }
  const all = Object.entries((kept.places ?? {}) as Record<string, unknown>).filter((entry): entry is [string, [number, number]] => isPoint(entry[1]));
  const there = all.filter(([node]) => graph.hasNode(node));
  if (there.length === 0) return null;
  const places = new Map<string, Point>(there.map(([node, [x, y]]) => [node, { x, y }]));
  const pinned = words(kept.pinned).filter((node) => places.has(node));
  const window = kept.window as Partial<Window> | null | undefined;
  return {
    state: {
      ...stateOf(new Set(places.keys())),
      kept: places,
      pinned: new Map(pinned.map((node) => [node, places.get(node) as Point])),
      kindsOff: new Set(words(kept.kindsOff)),
      linksOff: new Set(words(kept.linksOff).filter((kind): kind is LinkKind => kind === 'identity' || kind === 'association')),
      allLinks: kept.allLinks === true,
    },
    window: window && Number.isInteger(window.from) && Number.isInteger(window.to) ? { from: window.from as number, to: window.to as number } : null,
    nGone: all.length - there.length,
  };
}
