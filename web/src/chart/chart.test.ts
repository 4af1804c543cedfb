import { describe, expect, it } from 'vitest';
import { backbone, firstSight, legibleLinks } from './firstSight';
import type { NetworkGraph } from './graph';
import { graphOf } from './graph';
import { nearestTowards } from './keys';
import { relaxed } from './relax';
import type { Story } from './state';
import { hiddenNeighbours, HUB, MOST_STEPS, shortestPath, shownNodes, stateOf, told } from './state';

type Given = [a: string, b: string, bits?: number, kind?: 'identity' | 'association'][];

function graph(links: Given, kinds: Record<string, string> = {}): NetworkGraph {
  const names = [...new Set(links.flatMap(([a, b]) => [a, b]))];
  return graphOf(
    {
      members: names.map((entity) => ({ entity, kind: kinds[entity] ?? 'phone', canonical: `+${entity}`, n_records: 1 })),
      links: links.map(([a, b, weight_bits = 5, kind = 'association']) => ({ a, b, kind, weight_bits, n_records: 1, statement: 'inference' as const })),
    },
    { places: names.map((entity, i) => ({ entity, x: i % 40, y: Math.floor(i / 40) })) },
  );
}

/** Hubs in a ring, each with its own leaves. */
const hubs = (n: number, leaves: number): Given =>
  Array.from({ length: n }, (_, h): Given => [[`h${h}`, `h${(h + 1) % n}`, 20], ...Array.from({ length: leaves }, (__, l): Given[number] => [`h${h}`, `h${h}l${l}`, 1 + l / 10])]).flat();

describe('the graph', () => {
  it('keeps identity where two are joined in both ways, and leaves out what has no end', () => {
    const one = graph([['a', 'b', 9], ['b', 'a', 2, 'identity'], ['a', 'a']]);
    expect(one.size).toBe(1);
    expect(one.getEdgeAttributes('a', 'b')).toEqual({ kind: 'identity', weightBits: 2, nRecords: 1 });
  });
});

describe('first sight', () => {
  it('shows a small network whole', () => expect(firstSight(graph(hubs(3, 5))).size).toBe(18));
  it('keeps to the most, and keeps the hubs that hold the rest together', () => {
    const seen = firstSight(graph(hubs(8, 100)), 150);
    expect(seen.size).toBe(150);
    for (let h = 0; h < 8; ++h) expect(seen.has(`h${h}`)).toBe(true);
  });
  it('stays in one piece where the network is', () => {
    const whole = graph(hubs(20, 30));
    const seen = firstSight(whole, 60);
    for (const node of seen) expect(shortestPath(whole, seen, 'h0', node)).not.toEqual([]);
  });
  it('does not depend on the order of links', () => {
    const links = hubs(6, 60);
    expect(firstSight(graph(links), 100)).toEqual(firstSight(graph([...links].reverse()), 100));
  });
  it('joins all by the strongest links', () => expect(backbone(graph([['a', 'b', 1], ['b', 'c', 2], ['a', 'c', 3]]))).toHaveProperty('size', 2));
  it('draws the backbone first where lines are too many, and says how many it left out', () => {
    const links: Given = [];
    for (let i = 0; i < 60; ++i) for (let j = 0; j < i; ++j) links.push([`n${i}`, `n${j}`, i + j]);
    const whole = graph(links);
    const drawn = legibleLinks(whole, new Set(whole.nodes()));
    expect(drawn.links.length).toBe(120);
    expect(drawn.nLeftOut).toBe(links.length - 120);
    for (const edge of backbone(whole)) expect(drawn.links).toContain(edge);
  });
});

describe('what is told of a chart', () => {
  const whole = graph([['a', 'b'], ['b', 'c', 9], ['b', 'd', 3], ['c', 'e']], { d: 'iban' });
  const begin = (visible: string[]): Story => ({ now: stateOf(new Set(visible)), before: [] });
  it('expands to neighbours of one kind, the strongest first', () => {
    expect(hiddenNeighbours(whole, stateOf(new Set(['b'])), 'b')).toEqual(['c', 'a', 'd']);
    const story = told(whole, begin(['b']), { do: 'expand', node: 'b', kind: 'iban' });
    expect([...story.now.visible].sort()).toEqual(['b', 'd']);
  });
  it('guards against hubs', () => {
    const hub = graph(hubs(1, 200));
    expect(told(hub, begin(['h0']), { do: 'expand', node: 'h0' }).now.visible.size).toBe(HUB + 1);
  });
  it('undoes what was on the chart, not what was looked at, and forgets after 20 steps', () => {
    let story = told(whole, begin(['a', 'b', 'c']), { do: 'hide', nodes: ['a'] });
    story = told(whole, story, { do: 'select', nodes: ['b'] });
    expect([...told(whole, story, { do: 'undo' }).now.visible]).toEqual(['a', 'b', 'c']);
    for (let i = 0; i < 50; ++i) story = told(whole, story, { do: 'toggleKind', kind: 'phone' });
    expect(story.before.length).toBe(MOST_STEPS);
  });
  it('finds the path over what is shown only', () => {
    let story = told(whole, begin(['a', 'b', 'c', 'e']), { do: 'select', nodes: ['a', 'e'] });
    expect(told(whole, story, { do: 'path' }).now.path).toEqual(['a', 'b', 'c', 'e']);
    story = told(whole, begin(['a', 'b', 'e']), { do: 'select', nodes: ['a', 'e'] });
    expect(told(whole, story, { do: 'path' }).now.path).toEqual([]);
  });
  it('hides what the legend switches off', () => {
    const { now } = told(whole, begin(['a', 'd']), { do: 'toggleKind', kind: 'iban' });
    expect([...shownNodes(whole, now)]).toEqual(['a']);
  });
});

describe('places', () => {
  const whole = graph(hubs(5, 20));
  const start = () => ({ x: 0, y: 0 });
  it('pulls apart what stood in one place, and leaves the pinned where it is', () => {
    const pinned = new Map([['h0', { x: 3, y: -2 }]]);
    const places = relaxed(whole, new Set(whole.nodes()), start, pinned);
    expect(places.get('h0')).toEqual({ x: 3, y: -2 });
    const all = [...places.values()];
    const nearest = Math.min(...all.flatMap((p, i) => all.slice(i + 1).map((q) => Math.hypot(p.x - q.x, p.y - q.y))));
    expect(nearest).toBeGreaterThan(0.1);
  });
  it('gives the same places again', () => {
    const nodes = new Set(whole.nodes());
    expect(relaxed(whole, nodes, start, new Map())).toEqual(relaxed(whole, nodes, start, new Map()));
  });
});

describe('arrows', () => {
  const places: [string, { x: number; y: number }][] = [['right', { x: 10, y: 1 }], ['far right', { x: 90, y: 0 }], ['up', { x: 0, y: -10 }]];
  it('lead to the nearest that way, and nowhere where nothing is', () => {
    expect(nearestTowards({ x: 0, y: 0 }, { x: 1, y: 0 }, places)).toBe('right');
    expect(nearestTowards({ x: 0, y: 0 }, { x: 0, y: -1 }, places)).toBe('up');
    expect(nearestTowards({ x: 0, y: 0 }, { x: -1, y: 0 }, places)).toBe(null);
  });
});
