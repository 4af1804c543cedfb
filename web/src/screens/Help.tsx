import { useTranslation } from 'react-i18next';
import { useHealth, useNetworks } from '../api/queries';
import licences from '../licences.json';

const KEYS: readonly (readonly [string, string])[] = [
  ['1 – 9', 'keys.screens'],
  ['/', 'keys.search'],
  ['?', 'keys.help'],
  ['J  K', 'keys.list'],
  ['Enter', 'keys.open'],
  ['D', 'keys.decide'],
];
const CHART_KEYS: readonly (readonly [string, string])[] = [
  ['← ↑ → ↓', 'keys.step'],
  ['Shift + ← ↑ → ↓', 'keys.pan'],
  ['+  −', 'keys.zoom'],
  ['F', 'keys.fit'],
  ['E, Enter', 'keys.expand'],
  ['H, Del', 'keys.hide'],
  ['Shift + H', 'keys.hide_others'],
  ['L', 'keys.around'],
  ['Shift + Click', 'keys.add'],
  ['Ctrl + ← ↑ → ↓', 'keys.add_next'],
  ['P', 'keys.path'],
  ['W', 'keys.why'],
  ['Space', 'keys.pin'],
  ['T', 'keys.play'],
  [',  .', 'keys.window'],
  ['U, Ctrl + Z', 'keys.undo'],
  ['Ctrl + A', 'keys.all'],
  ['Shift + F10', 'keys.menu'],
  ['Esc', 'keys.none'],
];

function Keys({ title, keys }: { title: string; keys: typeof KEYS }) {
  const { t } = useTranslation();
  return (
    <table className="keys">
      <caption>{title}</caption>
      <tbody>{keys.map(([key, word]) => <tr key={word}><th scope="row"><kbd dir="ltr">{key}</kbd></th><td>{t(word)}</td></tr>)}</tbody>
    </table>
  );
}

export function Help() {
  const { t } = useTranslation();
  const health = useHealth();
  const networks = useNetworks();
  return (
    <>
      <h1>{t('help.title')}</h1>
      <div className="columns">
        <section aria-labelledby="what">
          <h2 id="what">{t('help.what')}</h2>
          <p>{t('caution')}</p>
          <p>{t('help.three')}</p>
          <p>{t('help.folded')}</p>
          <p>{t('help.not_for')}</p>
        </section>
        <section aria-labelledby="keys">
          <h2 id="keys">{t('help.keys')}</h2>
          <Keys title={t('help.keys_everywhere')} keys={KEYS} />
          <Keys title={t('help.keys_chart')} keys={CHART_KEYS} />
        </section>
        <section aria-labelledby="about">
          <h2 id="about">{t('help.about')}</h2>
          <p>Ovillo {health.data?.version} · Apache-2.0</p>
          {networks.data ? <p className="quiet-text">{t('help.model')} <code>{networks.data.model}</code></p> : null}
          <p>{t('help.parts')}</p>
          <ul className="licences">{licences.map((part) => <li key={part.name}><bdi>{part.name} {part.version}</bdi> <span className="quiet-text">{part.licence}</span></li>)}</ul>
        </section>
      </div>
    </>
  );
}
