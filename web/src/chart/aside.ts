// Why a member lies outside what one looks at now: the chart dims it, tables and outline say it.
import type { AsIf } from './asIf';
import type { InTime } from './moments';

export interface Lens {
  /** What the span chosen on the time strip touches; null: all of time. */
  inTime: InTime | null;
  /** The what-if set that is played; null: none. */
  asIf: AsIf | null;
}

export type Outside = 'gone' | 'cut_off' | 'out_of_time';

export function outsideOf({ inTime, asIf }: Lens, node: string): Outside | null {
  if (asIf?.gone.has(node)) return 'gone';
  if (asIf && !asIf.connected.has(node)) return 'cut_off';
  return inTime && !inTime.nodes.has(node) ? 'out_of_time' : null;
}

export function linkOutsideOf(lens: Lens, a: string, b: string): Outside | null {
  const { inTime, asIf } = lens;
  if (asIf?.gone.has(a) || asIf?.gone.has(b)) return 'gone';
  if (asIf && !(asIf.connected.has(a) && asIf.connected.has(b))) return 'cut_off';
  return inTime && !inTime.hasLink(a, b) ? 'out_of_time' : null;
}
