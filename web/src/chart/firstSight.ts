// Which part of a network is shown first: as much of it as can be read, and its skeleton before all.
import type { NetworkGraph } from './graph';

export const MOST_AT_FIRST_SIGHT = 150;

/** The two ends in one order: edges of equal weight are told apart by it, whatever came first. */
const nameOf = (graph: NetworkGraph, edge: string) => graph.extremities(edge).sort().join(' ');

/** Forest of the heaviest links: joins whatever the network joins, by its strongest evidence. */
export function backbone(graph: NetworkGraph): Set<string> {
  const root = new Map<string, string>();
  const rootOf = (node: string): string => {
    let at = node;
    for (let next = root.get(at); next !== undefined; next = root.get(at)) at = next;
    if (at !== node) root.set(node, at);
    return at;
  };
  const heaviestFirst = graph
    .mapEdges((edge, facts, a, b) => ({ edge, a, b, weight: facts.weightBits, name: nameOf(graph, edge) }))
    .sort((x, y) => y.weight - x.weight || (x.name < y.name ? -1 : 1));
  const kept = new Set<string>();
  for (const { edge, a, b } of heaviestFirst) {
    const [from, to] = [rootOf(a), rootOf(b)];
    if (from === to) continue;
    root.set(from, to);
    kept.add(edge);
  }
  return kept;
}

/**
 * At most `most` nodes. Leaves of the backbone fall first, the lightest and least recorded before
 * others, so that what is left hangs together as it did; parts that stand alone go from the least.
 */
export function firstSight(graph: NetworkGraph, most = MOST_AT_FIRST_SIGHT): Set<string> {
  const left = new Set(graph.nodes());
  if (left.size <= most) return left;
  const tree = new Map<string, Set<string>>(graph.mapNodes((node) => [node, new Set<string>()]));
  for (const edge of backbone(graph)) {
    const [a, b] = graph.extremities(edge);
    tree.get(a)?.add(b);
    tree.get(b)?.add(a);
  }
  const worth = (node: string) => graph.degree(node) * 4 + graph.getNodeAttribute(node, 'nRecords');
  const byWorth = (x: string, y: string) => worth(x) - worth(y) || (x < y ? -1 : 1);
  let leaves = [...left].filter((node) => (tree.get(node)?.size ?? 0) <= 1).sort(byWorth);
  while (left.size > most && leaves.length > 0) {
    const bared: string[] = [];
    for (const leaf of leaves) {
      if (left.size <= most) break;
      left.delete(leaf);
      for (const other of tree.get(leaf) ?? []) {
        tree.get(other)?.delete(leaf);
        if (left.has(other) && tree.get(other)?.size === 1) bared.push(other);
      }
    }
    leaves = bared.filter((node) => left.has(node)).sort(byWorth);
  }
  return left;
}

/** Links to draw: all where they are few, else the backbone and the strongest, so that lines can be followed. */
export function legibleLinks(graph: NetworkGraph, visible: ReadonlySet<string>, perNode = 2): { links: string[]; nLeftOut: number } {
  const among = graph.filterEdges((_, __, a, b) => visible.has(a) && visible.has(b));
  const most = Math.max(60, visible.size * perNode);
  if (among.length <= most) return { links: among, nLeftOut: 0 };
  const inBackbone = backbone(graph);
  const weight = (edge: string) => graph.getEdgeAttribute(edge, 'weightBits') + (inBackbone.has(edge) ? 1e6 : 0);
  const links = among.sort((x, y) => weight(y) - weight(x) || (nameOf(graph, x) < nameOf(graph, y) ? -1 : 1)).slice(0, most);
  return { links, nLeftOut: among.length - most };
}
