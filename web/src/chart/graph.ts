// The network as a graph of the client: what is drawn, listed and outlined all comes from it.
import { UndirectedGraph } from 'graphology';
import type { Chart, Network } from '../api/client';

export type LinkKind = 'identity' | 'association';

export interface NodeFacts {
  kind: string;
  canonical: string;
  nRecords: number;
  x: number;
  y: number;
}

export interface LinkFacts {
  kind: LinkKind;
  weightBits: number;
  nRecords: number;
}

export type NetworkGraph = UndirectedGraph<NodeFacts, LinkFacts>;

/**
 * The whole network with a place for every node. Where two members are joined in both ways, identity
 * stands: it says more. Members without a place (a chart of another run) stand in the middle.
 */
export function graphOf(network: Pick<Network, 'members' | 'links'>, chart: Pick<Chart, 'places'>): NetworkGraph {
  const places = new Map(chart.places.map((place) => [place.entity, place]));
  const graph: NetworkGraph = new UndirectedGraph<NodeFacts, LinkFacts>();
  for (const { entity, kind, canonical, n_records } of network.members) {
    const { x = 0, y = 0 } = places.get(entity) ?? {};
    graph.addNode(entity, { kind, canonical, nRecords: n_records, x, y });
  }
  for (const { a, b, kind, weight_bits, n_records } of network.links) {
    if (a === b || !graph.hasNode(a) || !graph.hasNode(b)) continue;
    const facts = { kind, weightBits: weight_bits, nRecords: n_records };
    if (!graph.hasEdge(a, b)) graph.addEdge(a, b, facts);
    else if (kind === 'identity') graph.replaceEdgeAttributes(graph.edge(a, b), facts);
  }
  return graph;
}
