// Filtering and sorting of leads. The order given is the server's: most to look into first.
import type { LeadFacts, NetworkLine } from '../api/client';
import { stands } from '../parts/Decide';

export const ORDERS = ['given', 'newest', 'records', 'members', 'towns'] as const;
export const DECIDED = ['all', 'waiting', 'decided'] as const;
export type Order = (typeof ORDERS)[number];

export interface Lead {
  line: NetworkLine;
  facts: LeadFacts | undefined;
  rank: number;
}

export interface Wanted {
  words: string;
  withSigns: boolean;
  order: Order;
  decided: (typeof DECIDED)[number];
}

export function leadsOf(lines: readonly NetworkLine[], facts: readonly LeadFacts[]): Lead[] {
  const of = new Map(facts.map((one) => [one.id, one]));
  return lines.map((line, rank) => ({ line, facts: of.get(line.id), rank: rank + 1 }));
}

function textOf({ line, facts }: Lead): string {
  const signs = [...line.organisation, ...line.signs_for, ...line.signs_against, ...line.not_known];
  return [line.id, line.key, ...signs.map((s) => `${s.sentence} ${s.indicator}`), ...(facts?.towns ?? []).map((town) => town.place)].join(' ').toLowerCase();
}

const amount: Record<Order, (lead: Lead) => number> = {
  given: (lead) => -lead.rank,
  newest: (lead) => (lead.line.newest ? Date.parse(lead.line.newest) : 0),
  records: (lead) => lead.line.n_records,
  members: (lead) => lead.line.n_entities,
  towns: (lead) => lead.facts?.n_towns ?? 0,
};

/** Those that hold every word asked for, most first; equal ones in the order given. */
export function chosen(leads: readonly Lead[], { words, withSigns, order, decided }: Wanted, now = Date.now()): Lead[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  return leads
    .filter((lead) => !withSigns || lead.line.signs_for.length > 0)
    .filter((lead) => decided === 'all' || stands(lead.facts?.decided, now) === (decided === 'decided'))
    .filter((lead) => asked.length === 0 || asked.every((word) => textOf(lead).includes(word)))
    .sort((x, y) => amount[order](y) - amount[order](x) || x.rank - y.rank);
}
