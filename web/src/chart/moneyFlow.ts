// Transfers of a network as arrows between lanes, one lane an account, along time.
import type { Money } from '../api/client';
import type { Span } from './moments';
import { spanOf } from './moments';

export type Transfer = Money['transfers'][number];
/** The lane of all accounts that are no members. */
export const OUTSIDE = -1;

export interface Flow {
  transfer: Transfer;
  from: number;
  to: number;
  /** null: the record states no time that is one. */
  span: Span | null;
  amount: number;
}

export const flowsOf = (money: Money): Flow[] =>
  money.transfers.map((transfer) => ({
    transfer,
    from: transfer.from ?? OUTSIDE,
    to: transfer.to ?? OUTSIDE,
    span: spanOf(transfer.time),
    // For the width of a line only: sums stay as the server writes them.
    amount: Number(transfer.amount),
  }));

/** Lanes by how many transfers touch them, the busiest first; at most `most`, the outside always and last. */
export function lanesOf(flows: readonly Flow[], most: number): number[] {
  const n = new Map<number, number>();
  for (const { from, to } of flows) for (const lane of new Set([from, to])) n.set(lane, (n.get(lane) ?? 0) + 1);
  const members = [...n].filter(([lane]) => lane !== OUTSIDE).sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([lane]) => lane);
  return [...members.slice(0, most), ...(n.has(OUTSIDE) ? [OUTSIDE] : [])];
}

export const isIn = (flow: Flow, window: Span | null) => window === null || (flow.span !== null && flow.span.from < window.to && flow.span.to > window.from);

/** Entities at the two ends that are members. */
export const endsOf = (money: Money, { from, to }: Flow): string[] => [...new Set([from, to])].flatMap((lane) => money.accounts[lane] ?? []);
