import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Failure } from '../api/client';
import type { Who } from '../api/client';
import { useUrgent, useWho } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Leads } from '../screens/Leads';
import { SignIn } from '../screens/SignIn';
import { Urgent } from '../screens/Urgent';
import { LANGUAGES } from '../words';
import { Go, useNavigation } from './navigation';
import type { Place } from './places';
import { speak, useTheme } from './preferences';

const NetworkScreen = lazy(() => import('../screens/NetworkScreen').then((m) => ({ default: m.NetworkScreen })));
const WhyScreen = lazy(() => import('../screens/WhyScreen').then((m) => ({ default: m.WhyScreen })));
const RecordScreen = lazy(() => import('../screens/RecordScreen').then((m) => ({ default: m.RecordScreen })));
const Search = lazy(() => import('../screens/Search').then((m) => ({ default: m.Search })));
const Cases = lazy(() => import('../screens/Cases').then((m) => ({ default: m.Cases })));
const CaseScreen = lazy(() => import('../screens/CaseScreen').then((m) => ({ default: m.CaseScreen })));
const Users = lazy(() => import('../screens/Users').then((m) => ({ default: m.Users })));
const Account = lazy(() => import('../screens/Account').then((m) => ({ default: m.Account })));
const Identities = lazy(() => import('../screens/Identities').then((m) => ({ default: m.Identities })));
const Inbox = lazy(() => import('../screens/Inbox').then((m) => ({ default: m.Inbox })));
const Help = lazy(() => import('../screens/Help').then((m) => ({ default: m.Help })));

const seesCases = (who: Who) => who.sees_cases;

/** The screens in the order of the rail, each with who has it: nobody is shown what only refuses them. */
const RAIL = [
  [{ screen: 'urgent' }, seesCases],
  [{ screen: 'leads' }, seesCases],
  [{ screen: 'why' }, seesCases],
  [{ screen: 'search' }, seesCases],
  [{ screen: 'cases' }, seesCases],
  [{ screen: 'inbox' }, seesCases],
  [{ screen: 'identities' }, seesCases],
  [{ screen: 'users' }, (who: Who) => who.acts.includes('accounts') || who.acts.includes('grant')],
  [{ screen: 'account' }, (who: Who) => who.doors],
  [{ screen: 'help' }, () => true],
] as const satisfies readonly (readonly [Place, (who: Who) => boolean])[];

/** Until it is known who asks, what most have. */
const NOBODY: Who = { doors: false, user: '', owner: false, sees_cases: true, acts: [] };
const railOf = (who: Who) => RAIL.filter(([, has]) => has(who)).map(([place]) => place);

/** Screens that stand within another of the rail. */
const WITHIN: Partial<Record<Place['screen'], (typeof RAIL)[number][0]['screen']>> = { network: 'leads', record: 'search', case: 'cases' };

function Screen({ place }: { place: Place }) {
  switch (place.screen) {
    case 'urgent':
      return <Urgent />;
    case 'leads':
      return <Leads />;
    case 'network':
      return <NetworkScreen id={place.id} />;
    case 'why':
      return <WhyScreen />;
    case 'record':
      return <RecordScreen id={place.id} />;
    case 'search':
      return <Search />;
    case 'cases':
      return <Cases />;
    case 'case':
      return <CaseScreen id={place.id} />;
    case 'inbox':
      return <Inbox />;
    case 'identities':
      return <Identities />;
    case 'users':
      return <Users />;
    case 'account':
      return <Account />;
    case 'help':
      return <Help />;
  }
}

/** Single keys that work everywhere but in a field one writes in. */
function useKeys(rail: readonly Place[]) {
  const { go } = useNavigation();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input:not([type=checkbox]), textarea, select, [role=listbox], [role=menu]')) return;
      if (target.closest('[role=dialog]')) return;
      const at = rail[Number(event.key) - 1];
      if (at) go(at);
      else if (event.key === '?') go({ screen: 'help' });
      else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('[data-search]');
        if (field) field.focus();
        else go({ screen: 'search' });
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [go, rail]);
}

/** Whether the server wants to know who asks: any answer with 401. */
function useSignInAsked(): boolean {
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    const look = (error: unknown) => {
      if (error instanceof Failure && error.status === 401) setAsked(true);
    };
    const queries = client.getQueryCache().subscribe((event) => look(event.query.state.error));
    const mutations = client.getMutationCache().subscribe((event) => look(event.mutation?.state.error));
    return () => {
      queries();
      mutations();
    };
  }, [client]);
  return asked;
}

function Rail({ place, rail }: { place: Place; rail: readonly Place[] }) {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useTheme();
  const nUrgent = useUrgent(rail.some((one) => one.screen === 'urgent')).data?.urgent.length;
  return (
    <header className="rail">
      <p className="brand"><img src="/thread.svg" alt="" width="28" height="28" /> Ovillo</p>
      <nav aria-label={t('nav.label')}>
        <ul>
          {rail.map((to, i) => {
            const here = (WITHIN[place.screen] ?? place.screen) === to.screen;
            return (
              <li key={to.screen}>
                <Go to={to} aria-current={here ? 'page' : undefined} aria-keyshortcuts={String(i + 1)}>
                  {t(`nav.${to.screen}`)}
                  {to.screen === 'urgent' && nUrgent ? <span className="count alarm">{nUrgent}</span> : null}
                </Go>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="rail-foot">
        <Choice label={t('language')} value={i18n.language} onChange={(language) => void speak(language)} choices={Object.entries(LANGUAGES).map(([key, name]) => [key, name, key] as const)} />
        <Choice label={t('theme')} value={theme} onChange={setTheme} choices={[['system', t('theme.system')], ['light', t('theme.light')], ['dark', t('theme.dark')]] as const} />
      </div>
    </header>
  );
}

/** A new screen begins at its top, and says so to those who hear it. */
function useFocusOnChange(place: Place) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo({ top: 0 });
  }, [place]);
  return main;
}

/** Who opens the workbench without seeing cases begins at the first screen they have. */
function useHome(place: Place, rail: readonly Place[]) {
  const { go } = useNavigation();
  const home = rail[0];
  const isHidden = place.screen === 'leads' && !rail.some((one) => one.screen === 'leads');
  useEffect(() => {
    if (isHidden && home) go(home);
  }, [isHidden, home, go]);
}

export function App() {
  const { t, i18n } = useTranslation();
  const { place } = useNavigation();
  const asked = useSignInAsked();
  const who = useWho().data ?? NOBODY;
  const rail = useMemo(() => railOf(who), [who]);
  const main = useFocusOnChange(place);
  useKeys(rail);
  useHome(place, rail);
  useEffect(() => {
    document.title = `${t(`nav.${WITHIN[place.screen] ?? place.screen}`)} · Ovillo`;
  }, [place, t]);
  if (asked) return <SignIn />;
  return (
    <I18nProvider locale={i18n.language}>
      <a className="skip" href="#main">{t('skip')}</a>
      <div className="frame">
        <Rail place={place} rail={rail} />
        <main id="main" ref={main} tabIndex={0} className={`screen screen-${place.screen}`}>
          <Suspense fallback={<p className="quiet-text" role="status">{t('loading')}</p>}><Screen place={place} /></Suspense>
          {place.screen === 'network' ? null : <footer className="caution">{t('caution')}</footer>}
        </main>
      </div>
    </I18nProvider>
  );
}
