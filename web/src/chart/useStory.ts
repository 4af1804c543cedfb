import { useMemo, useReducer, useRef } from 'react';
import type { NetworkGraph } from './graph';
import { firstSight, legibleLinks } from './firstSight';
import type { Lens } from './aside';
import { linkOutsideOf, outsideOf } from './aside';
import { relaxed } from './relax';
import type { Act, ChartState, Point, Story } from './state';
import { nHiddenNeighbours, shownNodes, stateOf, told } from './state';
import { short } from '../parts/format';
import type { Drawing } from './renderer';

export type Tell = (act: Act | { do: 'undo' }) => void;

export function useStory(graph: NetworkGraph): [Story, Tell] {
  return useReducer(
    (story: Story, act: Act | { do: 'undo' }) => told(graph, story, act),
    null,
    () => ({ now: stateOf(firstSight(graph)), before: [] }),
  );
}

export interface Shown {
  nodes: Set<string>;
  links: string[];
  nLinksLeftOut: number;
}

export function useShown(graph: NetworkGraph, state: ChartState): Shown {
  const { visible, kindsOff, linksOff, allLinks } = state;
  return useMemo(() => {
    const nodes = shownNodes(graph, { ...state, visible, kindsOff });
    const { links, nLeftOut } = legibleLinks(graph, nodes, allLinks ? Infinity : 2);
    return { nodes, links: links.filter((link) => !linksOff.has(graph.getEdgeAttribute(link, 'kind'))), nLinksLeftOut: nLeftOut };
    // Of the state, only what decides who is shown.
  }, [graph, visible, kindsOff, linksOff, allLinks]);
}

/** Places of all nodes shown; those shown before begin where they stood. */
export function usePlaces(graph: NetworkGraph, state: ChartState): Map<string, Point> {
  const last = useRef<{ visible: ReadonlySet<string>; places: Map<string, Point> } | null>(null);
  return useMemo(() => {
    const stood = last.current?.places;
    const start = (node: string): Point => {
      const beside = stood?.has(node) ? node : graph.neighbors(node).find((other) => stood?.has(other));
      const { x, y } = (beside && stood?.get(beside)) || graph.getNodeAttributes(node);
      return { x, y };
    };
    let places: Map<string, Point>;
    if (last.current?.visible === state.visible) places = new Map([...last.current.places, ...state.pinned]);
    else if (state.kept && [...state.visible].every((node) => state.kept?.has(node))) places = new Map([...state.kept, ...state.pinned]);
    // A network shown whole keeps the server's places; a part of it is given the room it has now.
    else if (state.visible.size < graph.order) places = relaxed(graph, state.visible, start, state.pinned);
    else places = new Map(graph.mapNodes((node, { x, y }) => [node, state.pinned.get(node) ?? { x, y }] as const));
    last.current = { visible: state.visible, places };
    return places;
  }, [graph, state.visible, state.pinned, state.kept]);
}

const LONGEST_LABEL = 26;
const radiusOf = (nRecords: number) => 6 + Math.min(8, 1.6 * Math.log2(1 + nRecords));

export function drawingOf(graph: NetworkGraph, state: ChartState, shown: Shown, places: ReadonlyMap<string, Point>): Drawing {
  const near = new Set(state.path.length > 0 ? state.path : [...state.selected].flatMap((node) => (graph.hasNode(node) ? [node, ...graph.neighbors(node)] : [])));
  const isDimmed = (node: string) => near.size > 0 && !near.has(node);
  const nodes = [...shown.nodes]
    .map((id) => {
      const facts = graph.getNodeAttributes(id);
      return {
        id,
        at: places.get(id) ?? { x: facts.x, y: facts.y },
        kind: facts.kind,
        label: short(facts.canonical, LONGEST_LABEL),
        radius: radiusOf(facts.nRecords),
        nHidden: nHiddenNeighbours(graph, state, id),
        selected: state.selected.has(id),
        pinned: state.pinned.has(id),
        dimmed: isDimmed(id),
        gone: false,
        nRecords: facts.nRecords,
      };
    })
    .sort((x, y) => y.nRecords - x.nRecords || (x.id < y.id ? -1 : 1));
  const position = new Map(nodes.map((node, i) => [node.id, i]));
  const steps = new Set(state.path.slice(1).map((node, i) => graph.edge(state.path[i] as string, node)));
  const links = shown.links.map((link) => {
    const [a, b] = graph.extremities(link);
    const { kind, weightBits } = graph.getEdgeAttributes(link);
    const dimmed = near.size > 0 && !(state.path.length > 0 ? steps.has(link) : state.selected.has(a) || state.selected.has(b));
    return { a: position.get(a) as number, b: position.get(b) as number, kind, weightBits, onPath: steps.has(link), dimmed };
  });
  return { nodes, links };
}

/** The same drawing with what lies outside the lens dimmed. @cost  far below that of drawing anew: a brush moves often. */
export function seenThrough(lens: Lens, drawing: Drawing): Drawing {
  if (!lens.inTime && !lens.asIf) return drawing;
  const nodes = drawing.nodes.map((node) => (outsideOf(lens, node.id) === null ? node : { ...node, dimmed: true, gone: lens.asIf?.gone.has(node.id) ?? false }));
  const links = drawing.links.map((link) => {
    const [a, b] = [drawing.nodes[link.a]!.id, drawing.nodes[link.b]!.id];
    return link.dimmed || linkOutsideOf(lens, a, b) === null ? link : { ...link, dimmed: true };
  });
  return { nodes, links };
}
