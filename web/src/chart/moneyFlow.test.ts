import { describe, expect, it } from 'vitest';
import type { Money } from '../api/client';
import { endsOf, flowsOf, isIn, lanesOf, OUTSIDE } from './moneyFlow';

const transfer = (from: number | null, to: number | null, time: string, amount = '10.00') => ({ record: 'r', from, to, time, amount, currency: 'EUR' });
const money: Money = { id: 'n', accounts: ['a', 'b', 'c'], transfers: [transfer(0, 1, '2026-01-02'), transfer(1, null, '2026-02'), transfer(1, 2, '2026-03-01T10:00+01:00'), transfer(null, 1, 'some day')], across: [], left_out: '' };

describe('money along time', () => {
  const flows = flowsOf(money);
  it('has the busiest lanes first and the outside last', () => {
    expect(lanesOf(flows, 9)).toEqual([1, 0, 2, OUTSIDE]);
    expect(lanesOf(flows, 1)).toEqual([1, OUTSIDE]);
  });
  it('is in a span where it may lie in it', () => {
    const at = (text: string) => Date.parse(`${text}Z`) / 1000;
    const february = { from: at('2026-02-20T00:00'), to: at('2026-03-01T00:00') };
    expect(flows.map((flow) => isIn(flow, february))).toEqual([false, true, false, false]);
    expect(flows.every((flow) => isIn(flow, null))).toBe(true);
  });
  it('has members at its ends', () => expect(flows.map((flow) => endsOf(money, flow))).toEqual([['a', 'b'], ['b'], ['b', 'c'], ['b']]));
});
