import { describe, expect, it } from 'vitest';
import { largestPart, stepsOf, withoutThem } from './asIf';
import { linkOutsideOf, outsideOf } from './aside';
import { graphOf } from './graph';

const path = (text: string) => {
  const links = text.split(' ').map((pair) => pair.split('-') as [string, string]);
  const names = [...new Set(links.flat())];
  return graphOf(
    { members: names.map((entity) => ({ entity, kind: 'account', canonical: entity, n_records: 1 })), links: links.map(([a, b]) => ({ a, b, kind: 'association' as const, weight_bits: 5, n_records: 1, statement: 'inference' as const })) },
    { places: [] },
  );
};

describe('without some members', () => {
  const graph = path('a-b b-c c-d d-e e-f f-g d-x');
  it('the largest part that is left counts', () => {
    expect([...largestPart(graph, new Set())].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'x']);
    expect([...largestPart(graph, new Set(['d']))].sort()).toEqual(['a', 'b', 'c']);
    expect(largestPart(graph, new Set(graph.nodes())).size).toBe(0);
  });
  it('who cuts off most goes first, and all of the set go', () => expect(stepsOf(graph, ['f', 'd', 'gone already'])).toEqual(['d', 'f']));
  it('a member is gone, cut off or where it was', () => {
    const lens = { inTime: null, asIf: withoutThem(graph, ['d']) };
    expect(['d', 'x', 'a'].map((node) => outsideOf(lens, node))).toEqual(['gone', 'cut_off', null]);
    expect(linkOutsideOf(lens, 'a', 'b')).toBeNull();
    expect(linkOutsideOf(lens, 'c', 'd')).toBe('gone');
    expect(linkOutsideOf(lens, 'e', 'f')).toBe('cut_off');
  });
});
