// What is shown of a network and what is chosen in it. Every change is a new state, so that undo is
// a step back.
import type { LinkKind, NetworkGraph } from './graph';

export interface Point {
  x: number;
  y: number;
}

export interface ChartState {
  visible: ReadonlySet<string>;
  selected: ReadonlySet<string>;
  pinned: ReadonlyMap<string, Point>;
  kindsOff: ReadonlySet<string>;
  linksOff: ReadonlySet<LinkKind>;
  allLinks: boolean;
  path: readonly string[];
  /** Places of a chart that was kept and opened; null: as the layout gives them. */
  kept: ReadonlyMap<string, Point> | null;
}

export type Act =
  | { do: 'select'; nodes: string[]; add?: boolean }
  | { do: 'expand'; node: string; kind?: string; most?: number }
  | { do: 'reveal'; nodes: string[] }
  | { do: 'hide'; nodes: string[] }
  | { do: 'hideOthers' }
  | { do: 'showAll'; most: number }
  | { do: 'pin'; node: string; at: Point }
  | { do: 'unpin'; node: string }
  | { do: 'toggleKind'; kind: string }
  | { do: 'toggleLinks'; kind: LinkKind }
  | { do: 'allLinks'; on: boolean }
  | { do: 'path' }
  | { do: 'open'; state: ChartState };

/** Neighbours beyond which an expand asks for less: only the strongest come. */
export const HUB = 40;
export const MOST_STEPS = 20;

export const stateOf = (visible: ReadonlySet<string>): ChartState => ({
  visible,
  selected: new Set(),
  pinned: new Map(),
  kindsOff: new Set(),
  linksOff: new Set(),
  allLinks: false,
  path: [],
  kept: null,
});

/** What is on the chart: visible, and of a kind that the legend has not switched off. */
export function shownNodes(graph: NetworkGraph, state: ChartState): Set<string> {
  return new Set([...state.visible].filter((node) => graph.hasNode(node) && !state.kindsOff.has(graph.getNodeAttribute(node, 'kind'))));
}

/** Neighbours not on the chart, the strongest joined first; of one kind if named. */
export function hiddenNeighbours(graph: NetworkGraph, state: ChartState, node: string, kind?: string): string[] {
  const weight = (other: string) => graph.getEdgeAttribute(graph.edge(node, other), 'weightBits') as number;
  return graph
    .filterNeighbors(node, (other, facts) => !state.visible.has(other) && (kind === undefined || facts.kind === kind))
    .sort((x, y) => weight(y) - weight(x) || (x < y ? -1 : 1));
}

/** How many there are of them, without their order. */
export function nHiddenNeighbours(graph: NetworkGraph, state: ChartState, node: string): number {
  let n = 0;
  graph.forEachNeighbor(node, (other) => {
    if (!state.visible.has(other)) ++n;
  });
  return n;
}

/** The chain with the fewest links over nodes on the chart; empty: there is none. */
export function shortestPath(graph: NetworkGraph, on: ReadonlySet<string>, from: string, to: string): string[] {
  const before = new Map<string, string>([[from, from]]);
  let front = [from];
  while (front.length > 0 && !before.has(to)) {
    const next: string[] = [];
    for (const node of front)
      for (const other of graph.neighbors(node))
        if (on.has(other) && !before.has(other)) {
          before.set(other, node);
          next.push(other);
        }
    front = next;
  }
  if (!before.has(to)) return [];
  const path = [to];
  for (let at = to; at !== from; ) {
    at = before.get(at) as string;
    path.unshift(at);
  }
  return path;
}

const toggled = <T>(set: ReadonlySet<T>, one: T): Set<T> => {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
};

const without = (set: ReadonlySet<string>, gone: ReadonlySet<string>) => new Set([...set].filter((node) => !gone.has(node)));

export function after(graph: NetworkGraph, state: ChartState, act: Act): ChartState {
  switch (act.do) {
    case 'select': {
      let selected = new Set(act.nodes);
      if (act.add) {
        selected = new Set(state.selected);
        for (const node of act.nodes) if (!selected.delete(node)) selected.add(node);
      }
      return { ...state, selected, path: [] };
    }
    case 'expand': {
      const more = hiddenNeighbours(graph, state, act.node, act.kind).slice(0, act.most ?? HUB);
      if (more.length === 0) return state;
      return { ...state, visible: new Set([...state.visible, ...more]), path: [] };
    }
    case 'reveal':
      return { ...state, visible: new Set([...state.visible, ...act.nodes]) };
    case 'hide': {
      const gone = new Set(act.nodes);
      return { ...state, visible: without(state.visible, gone), selected: without(state.selected, gone), path: [] };
    }
    case 'hideOthers':
      return state.selected.size === 0 ? state : { ...state, visible: new Set(state.selected), path: [] };
    case 'showAll':
      return { ...state, visible: new Set(graph.nodes().slice(0, act.most)), path: [] };
    case 'pin':
      return { ...state, pinned: new Map(state.pinned).set(act.node, act.at) };
    case 'unpin': {
      const pinned = new Map(state.pinned);
      pinned.delete(act.node);
      return { ...state, pinned };
    }
    case 'toggleKind':
      return { ...state, kindsOff: toggled(state.kindsOff, act.kind) };
    case 'toggleLinks':
      return { ...state, linksOff: toggled(state.linksOff, act.kind) };
    case 'allLinks':
      return { ...state, allLinks: act.on };
    case 'open':
      return act.state;
    case 'path': {
      const [from, to] = [...state.selected];
      if (state.selected.size !== 2 || !from || !to) return state;
      return { ...state, path: shortestPath(graph, shownNodes(graph, state), from, to) };
    }
  }
}

export interface Story {
  now: ChartState;
  before: readonly ChartState[];
}

/** Selecting is not a step: undo gives back what was on the chart, not what was looked at. */
export function told(graph: NetworkGraph, story: Story, act: Act | { do: 'undo' }): Story {
  if (act.do === 'undo') {
    const last = story.before.at(-1);
    return last ? { now: last, before: story.before.slice(0, -1) } : story;
  }
  const now = after(graph, story.now, act);
  if (now === story.now) return story;
  const isStep = act.do !== 'select' && act.do !== 'path';
  return { now, before: isStep ? [...story.before, story.now].slice(-MOST_STEPS) : story.before };
}
