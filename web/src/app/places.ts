// Where one is in the workbench, as an address. Addresses are kept by histories and logs: they hold
// ids, never a number, a name or a question. The server knows the first parts (server/page_files.cpp).
export type Place =
  | { screen: 'urgent' }
  | { screen: 'inbox' }
  | { screen: 'identities' }
  | { screen: 'leads' }
  | { screen: 'network'; id: string }
  | { screen: 'why' }
  | { screen: 'record'; id: string }
  | { screen: 'search' }
  | { screen: 'cases' }
  | { screen: 'case'; id: string }
  | { screen: 'users' }
  | { screen: 'account' }
  | { screen: 'help' };

/** What `why` is asked about goes along in the history's state, not in the address. */
export interface WhyEnds {
  /** As people write it; with a network, the id of a member. */
  a: string;
  b: string;
  network?: string;
}

export function placeOf(path: string): Place {
  const [first = '', id = ''] = path.split('/').filter(Boolean).map(decodeURIComponent);
  switch (first) {
    case 'urgent':
    case 'inbox':
    case 'identities':
    case 'why':
    case 'search':
    case 'users':
    case 'account':
    case 'help':
      return { screen: first };
    case 'networks':
      return id ? { screen: 'network', id } : { screen: 'leads' };
    case 'records':
      return id ? { screen: 'record', id } : { screen: 'search' };
    case 'cases':
      return id ? { screen: 'case', id } : { screen: 'cases' };
    default:
      return { screen: 'leads' };
  }
}

export function pathOf(place: Place): string {
  switch (place.screen) {
    case 'network':
      return `/networks/${encodeURIComponent(place.id)}`;
    case 'record':
      return `/records/${encodeURIComponent(place.id)}`;
    case 'case':
      return `/cases/${encodeURIComponent(place.id)}`;
    default:
      return `/${place.screen}`;
  }
}
