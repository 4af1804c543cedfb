// A network as if some members were gone: what stays connected with one another.
import type { NetworkGraph } from './graph';

export interface AsIf {
  gone: ReadonlySet<string>;
  /** Members of the largest part that is left. */
  connected: ReadonlySet<string>;
}

/** The largest connected part without `gone`; of two as large, the one that comes first. */
export function largestPart(graph: NetworkGraph, gone: ReadonlySet<string>): Set<string> {
  const seen = new Set(gone);
  let largest: string[] = [];
  for (const start of graph.nodes()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (let i = 0; i < part.length; ++i)
      graph.forEachNeighbor(part[i] as string, (other) => {
        if (seen.has(other)) return;
        seen.add(other);
        part.push(other);
      });
    if (part.length > largest.length) largest = part;
  }
  return new Set(largest);
}

export const withoutThem = (graph: NetworkGraph, gone: readonly string[]): AsIf => {
  const set = new Set(gone);
  return { gone: set, connected: largestPart(graph, set) };
};

/** The order in which a set is played: at each step the one whose going cuts off most. */
export function stepsOf(graph: NetworkGraph, set: readonly string[]): string[] {
  const steps: string[] = [];
  const left = set.filter((node) => graph.hasNode(node)).sort();
  while (left.length > 0) {
    const sizes = left.map((node) => largestPart(graph, new Set([...steps, node])).size);
    steps.push(left.splice(sizes.indexOf(Math.min(...sizes)), 1)[0] as string);
  }
  return steps;
}
