import { describe, expect, it } from 'vitest';
import { graphOf } from './graph';
import { contentOf, keptIn } from './saved';
import { stateOf, told } from './state';

const graph = (names: string[]) => graphOf({ members: names.map((entity) => ({ entity, kind: 'phone', canonical: entity, n_records: 1 })), links: [] }, { places: [] });
const places = new Map([['a', { x: 1.234, y: 2 }], ['b', { x: -3, y: 4 }], ['c', { x: 9, y: 9 }]]);

describe('a chart that is kept', () => {
  const state = { ...stateOf(new Set(['a', 'b'])), pinned: new Map([['b', { x: -3, y: 4 }]]), kindsOff: new Set(['iban']), linksOff: new Set(['identity' as const]), allLinks: true };
  const content = contentOf(state, places, { from: 2, to: 5 });
  it('comes back as it was', () => {
    const back = keptIn(graph(['a', 'b', 'c']), content)!;
    expect([...back.state.visible]).toEqual(['a', 'b']);
    expect(back.state.kept?.get('a')).toEqual({ x: 1.23, y: 2 });
    expect([...back.state.pinned]).toEqual([['b', { x: -3, y: 4 }]]);
    expect([[...back.state.kindsOff], [...back.state.linksOff], back.state.allLinks]).toEqual([['iban'], ['identity'], true]);
    expect([back.window, back.nGone]).toEqual([{ from: 2, to: 5 }, 0]);
  });
  it('leaves out whom the network no longer has, and says how many', () => {
    const back = keptIn(graph(['b']), content)!;
    expect([[...back.state.visible], back.nGone]).toEqual([['b'], 1]);
    expect(keptIn(graph(['x']), content)).toBeNull();
  });
  it.each(['', 'null', '[]', '{"places":{"a":["x",1]}}', '{"places":7}'])('%s is none', (broken) => expect(keptIn(graph(['a']), broken === 'null' ? '{}' : broken)).toBeNull());
  it('is opened as one step that can be undone', () => {
    const all = graph(['a', 'b', 'c']);
    const before = { now: stateOf(new Set(['c'])), before: [] };
    const opened = told(all, before, { do: 'open', state: keptIn(all, content)!.state });
    expect([...opened.now.visible]).toEqual(['a', 'b']);
    expect(told(all, opened, { do: 'undo' }).now).toBe(before.now);
  });
});
