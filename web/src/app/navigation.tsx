import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Place, WhyEnds } from './places';
import { pathOf, placeOf } from './places';

interface Navigation {
  place: Place;
  ends: WhyEnds | null;
  go: (place: Place, ends?: WhyEnds) => void;
}

const Context = createContext<Navigation | null>(null);

const now = () => ({ place: placeOf(location.pathname), ends: (history.state as { ends?: WhyEnds } | null)?.ends ?? null });

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const back = () => setAt(now());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = useCallback((place: Place, ends?: WhyEnds) => {
    history.pushState(ends ? { ends } : null, '', pathOf(place));
    setAt(now());
  }, []);
  const value = useMemo(() => ({ ...at, go }), [at, go]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(Context);
  if (!navigation) throw new Error('no NavigationProvider above');
  return navigation;
}

/** A real link: it can be opened in another tab, and a plain click stays on the page. */
export function Go({ to, ends, onClick, ...rest }: { to: Place; ends?: WhyEnds } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const { go } = useNavigation();
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to, ends);
  };
  return <a href={pathOf(to)} onClick={click} {...rest} />;
}
