// Moves the nodes on the chart apart and their links to one length, from where they stand.
import type { NetworkGraph } from './graph';
import type { Point } from './state';

/** Nodes beyond which the server's places are taken as they are: pairs grow with the square. */
export const MOST_TO_RELAX = 400;

/**
 * Fruchterman & Reingold's forces for a fixed number of rounds; pinned nodes stay. Deterministic.
 * @cost  O(rounds n^2): 150 nodes in some 20 ms.
 */
export function relaxed(graph: NetworkGraph, shown: ReadonlySet<string>, start: (node: string) => Point, pinned: ReadonlyMap<string, Point>, rounds = 160): Map<string, Point> {
  const nodes = [...shown];
  const n = nodes.length;
  const index = new Map(nodes.map((node, i) => [node, i]));
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  nodes.forEach((node, i) => {
    const at = pinned.get(node) ?? start(node);
    // A spiral step keeps nodes that stand in one place from pushing in no direction.
    x[i] = at.x + 0.01 * Math.cos(i * 2.4);
    y[i] = at.y + 0.01 * Math.sin(i * 2.4);
  });
  const done = () => new Map(nodes.map((node, i) => [node, pinned.get(node) ?? { x: x[i] as number, y: y[i] as number }]));
  if (n > MOST_TO_RELAX || n < 2) return done();
  const pairs: [number, number][] = [];
  graph.forEachEdge((_, __, a, b) => {
    const [i, j] = [index.get(a), index.get(b)];
    if (i !== undefined && j !== undefined) pairs.push([i, j]);
  });
  const degree = new Float64Array(n).fill(1);
  for (const [i, j] of pairs) {
    degree[i]! += 1;
    degree[j]! += 1;
  }
  const dx = new Float64Array(n);
  const dy = new Float64Array(n);
  for (let round = 0; round < rounds; ++round) {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < n; ++i)
      for (let j = i + 1; j < n; ++j) {
        const ex = x[i]! - x[j]!;
        const ey = y[i]! - y[j]!;
        const push = 1 / Math.max(0.01, ex * ex + ey * ey);
        dx[i]! += ex * push;
        dy[i]! += ey * push;
        dx[j]! -= ex * push;
        dy[j]! -= ey * push;
      }
    for (const [i, j] of pairs) {
      const ex = x[i]! - x[j]!;
      const ey = y[i]! - y[j]!;
      const pull = Math.hypot(ex, ey) / Math.sqrt(Math.min(degree[i]!, degree[j]!));
      dx[i]! -= ex * pull;
      dy[i]! -= ey * pull;
      dx[j]! += ex * pull;
      dy[j]! += ey * pull;
    }
    // Parts without a link between them would drift off for ever.
    const furthest = 0.8 * (1 - round / rounds) + 0.01;
    for (let i = 0; i < n; ++i) {
      if (pinned.has(nodes[i]!)) continue;
      const mx = dx[i]! - x[i]! * 0.04;
      const my = dy[i]! - y[i]! * 0.04;
      const scale = Math.min(1, furthest / Math.max(1e-9, Math.hypot(mx, my)));
      x[i]! += mx * scale;
      y[i]! += my * scale;
    }
  }
  return done();
}
