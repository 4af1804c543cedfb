import { describe, expect, it } from 'vitest';
import { binsOf, histogramOf, momentsOf, spanOf, touching, within } from './moments';
import { moved } from './useClock';

const chart = (...times: [time: string, ...members: string[]][]) => {
  const names = [...new Set(times.flatMap(([, ...members]) => members))];
  return momentsOf({
    places: names.map((entity) => ({ entity, x: 0, y: 0 })),
    moments: times.map(([time, ...members], record) => ({ record, time, members: members.map((name) => names.indexOf(name)) })),
  });
};
const day = (text: string) => Date.parse(`${text}Z`) / 1000;

describe('a time as written', () => {
  it.each([
    ['2026', '2026-01-01T00:00', '2027-01-01T00:00'],
    ['2026-02', '2026-02-01T00:00', '2026-03-01T00:00'],
    ['2026-12-31', '2026-12-31T00:00', '2027-01-01T00:00'],
    // Its own day: in UTC this is the evening before.
    ['2026-03-03T00:30+02:00', '2026-03-03T00:30', '2026-03-03T00:31'],
    ['2026-03-03T23:59:59-05:00', '2026-03-03T23:59:59', '2026-03-04T00:00'],
  ])('%s spans what it says', (written, from, to) => expect(spanOf(written)).toEqual({ from: day(from), to: day(to) }));
  it('is none where nothing is said', () => expect(spanOf('soon')).toBeNull());
});

describe('bins', () => {
  it('are days for a month, weeks for two years, months for nine', () => {
    expect(binsOf(chart(['2026-01-01', 'a'], ['2026-01-31', 'a'])).unit).toBe('day');
    expect(binsOf(chart(['2024-01-01', 'a'], ['2025-12-31', 'a'])).unit).toBe('week');
    expect(binsOf(chart(['2017-01-01', 'a'], ['2025-12-31', 'a'])).unit).toBe('month');
  });
  it('are no finer than the most exact record', () => {
    expect(binsOf(chart(['2026-01', 'a'], ['2026-03', 'a'])).unit).toBe('month');
    expect(binsOf(chart(['2026-01-01', 'a'], ['2026-01-02', 'a'])).edges).toHaveLength(3);
    expect(binsOf(chart(['2026-01-01T10:00+01:00', 'a'], ['2026-01-01T18:00+01:00', 'a'])).unit).toBe('hour');
  });
  it('hold every moment, the less exact apart', () => {
    const moments = chart(['2026-01-01', 'a'], ['2026-01-05', 'b'], ['2026-01', 'a'], ['2026-01-05', 'a']);
    const { sure, loose } = histogramOf(moments, binsOf(moments));
    expect([...sure]).toEqual([1, 0, 0, 0, 2, ...Array<number>(26).fill(0)]);
    expect([...loose]).toEqual(Array(31).fill(1));
  });
  it('are none of nothing', () => expect(binsOf(chart()).edges).toEqual([]));
});

describe('a span', () => {
  const moments = chart(['2026-01-01', 'a', 'b'], ['2026-02-01', 'a'], ['2026-02', 'c'], ['2026-03-01', 'a', 'c']);
  it('touches what may lie in it', () => {
    const found = within(moments, { from: day('2026-02-10T00:00'), to: day('2026-02-20T00:00') });
    expect([...found.nodes]).toEqual(['c']);
    expect(found.nMoments).toBe(1);
  });
  it('has a link only where both stand in one record of that time', () => {
    const february = within(moments, { from: day('2026-02-01T00:00'), to: day('2026-03-01T00:00') });
    expect([...february.nodes].sort()).toEqual(['a', 'c']);
    expect(february.hasLink('a', 'c')).toBe(false);
    expect(within(moments, { from: day('2026-03-01T00:00'), to: day('2026-03-02T00:00') }).hasLink('c', 'a')).toBe(true);
    expect(february.hasLink('a', 'b')).toBe(false);
  });
  it('has a link of two that no dated record joins while both are there', () => {
    expect(within(moments, { from: day('2026-01-01T00:00'), to: day('2026-03-01T00:00') }).hasLink('b', 'c')).toBe(true);
  });
  it('knows the moments of those chosen, each once', () => expect([...touching(moments, ['a', 'c'])].sort()).toEqual([0, 1, 2, 3]));
  it('moves up to the ends and keeps its length', () => {
    expect(moved({ from: 2, to: 5 }, 9, 10)).toEqual({ from: 7, to: 10 });
    expect(moved({ from: 2, to: 5 }, -9, 10)).toEqual({ from: 0, to: 3 });
  });
});
