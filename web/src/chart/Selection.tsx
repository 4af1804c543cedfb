import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Go } from '../app/navigation';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import { Folded } from '../parts/Raw';
import { KindMark } from './Legend';
import type { Parts } from './parts';
import { hiddenNeighbours } from './state';

const MOST_LINKS = 20;

function One({ node, network, graph, state, tell }: Parts & { node: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, canonical, nRecords } = graph.getNodeAttributes(node);
  const nHidden = hiddenNeighbours(graph, state, node).length;
  const links = graph.edges(node).map((edge) => ({ other: graph.opposite(node, edge), ...graph.getEdgeAttributes(edge) })).sort((x, y) => y.weightBits - x.weightBits);
  return (
    <li className="card">
      <h2><KindMark kind={kind} /> <span className="kind">{t(`kind.${kind}`, { defaultValue: kind })}</span></h2>
      {canonical.length > LONGEST_NAME ? <Folded pieces={[{ text: canonical, mark: null }]} label={short(canonical, 20)} /> : <p className="words"><bdi>{canonical}</bdi></p>}
      <p className="quiet-text">{t('n.records', { count: nRecords })} · {t('n.links', { count: links.length })}</p>
      {nHidden > 0 ? <Button onPress={() => tell({ do: 'expand', node })}>{t('table.expand', { count: nHidden })}</Button> : null}
      <ul className="plain">
        {links.slice(0, MOST_LINKS).map(({ other, kind: link, weightBits }) => (
          <li key={other}>
            <span className={`tie ${link}`}>{t(`link_kind.${link}`)}</span> <span className="kind">{t(`kind.${graph.getNodeAttribute(other, 'kind')}`)}</span>{' '}
            <bdi>{short(graph.getNodeAttribute(other, 'canonical'), LONGEST_NAME)}</bdi> <span className="quiet-text">{t('n.bits', { count: weightBits })}</span>{' '}
            <Go to={{ screen: 'why' }} ends={{ a: node, b: other, network }}>{t('chart.why')} <span className="visually-hidden">{format.number(weightBits)}</span></Go>
          </li>
        ))}
      </ul>
      {links.length > MOST_LINKS ? <p className="quiet-text">{t('selection.more_links', { count: links.length - MOST_LINKS })}</p> : null}
    </li>
  );
}

export function Selection(parts: Parts) {
  const { t } = useTranslation();
  const selected = [...parts.state.selected];
  if (selected.length === 0) return <p className="empty">{t('selection.none')}</p>;
  return <ol className="cards">{selected.slice(0, 10).map((node) => <One key={node} node={node} {...parts} />)}</ol>;
}
