import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../app/navigation';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import type { Outside } from './aside';
import { linkOutsideOf, outsideOf } from './aside';
import { KindMark } from './Legend';
import type { Parts } from './parts';
import { nHiddenNeighbours } from './state';

type Column = 'kind' | 'value' | 'records' | 'links';

/** Says of a row what dimming says to the eye. */
export function OutsideWord({ outside }: { outside: Outside | null }) {
  const { t } = useTranslation();
  return outside ? <span className="outside-word"> {t(`outside.${outside}`)}</span> : null;
}

export function NodeTable({ graph, state, shown, tell, lens }: Parts) {
  const { t } = useTranslation();
  const format = useFormat();
  const [sort, setSort] = useState<Column>('records');
  const rows = [...shown.nodes].map((id) => ({ id, ...graph.getNodeAttributes(id), links: graph.degree(id), nHidden: nHiddenNeighbours(graph, state, id), outside: outsideOf(lens, id) }));
  const order: Record<Column, (x: (typeof rows)[number], y: (typeof rows)[number]) => number> = {
    kind: (x, y) => x.kind.localeCompare(y.kind),
    value: (x, y) => x.canonical.localeCompare(y.canonical),
    records: (x, y) => y.nRecords - x.nRecords,
    links: (x, y) => y.links - x.links,
  };
  rows.sort((x, y) => order[sort](x, y) || (x.id < y.id ? -1 : 1));
  const head = (column: Column, text: string, numeric = false) => (
    <th scope="col" className={numeric ? 'numeric' : undefined} aria-sort={sort === column ? (numeric ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort" onClick={() => setSort(column)}>{text}</button>
    </th>
  );
  return (
    <table className="full">
      <caption>{t('table.nodes', { count: rows.length })}</caption>
      <thead><tr><th scope="col">{t('col.chosen')}</th>{head('kind', t('col.kind'))}{head('value', t('col.value'))}{head('records', t('col.records'), true)}{head('links', t('col.links'), true)}<th scope="col" className="numeric">{t('col.hidden')}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} aria-selected={state.selected.has(row.id)} data-outside={row.outside ?? undefined}>
            <td><input type="checkbox" aria-label={row.canonical.slice(0, 60)} checked={state.selected.has(row.id)} onChange={() => tell({ do: 'select', nodes: [row.id], add: true })} /></td>
            <td><KindMark kind={row.kind} /> {t(`kind.${row.kind}`, { defaultValue: row.kind })}</td>
            <td className="long"><bdi>{short(row.canonical, LONGEST_NAME)}</bdi><OutsideWord outside={row.outside} /></td>
            <td className="numeric">{format.number(row.nRecords)}</td>
            <td className="numeric">{format.number(row.links)}</td>
            <td className="numeric">{row.nHidden > 0 ? <button type="button" className="sort" onClick={() => tell({ do: 'expand', node: row.id })}>{t('table.expand', { count: row.nHidden })}</button> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function LinkTable({ network, graph, shown, lens }: Parts) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const rows = shown.links.map((edge) => {
    const [a, b] = graph.extremities(edge);
    return { edge, ...graph.getEdgeAttributes(edge), ends: { a, b, network }, outside: linkOutsideOf(lens, a, b), a: graph.getNodeAttribute(a, 'canonical'), b: graph.getNodeAttribute(b, 'canonical') };
  }).sort((x, y) => y.weightBits - x.weightBits);
  return (
    <table className="full">
      <caption>{t('table.links', { count: rows.length })} · {t('statement.inference')}</caption>
      <thead><tr><th scope="col">{t('why.from')}</th><th scope="col">{t('col.link')}</th><th scope="col">{t('why.to')}</th><th scope="col" className="numeric">{t('col.weight')}</th><th scope="col" className="numeric">{t('col.records')}</th><th scope="col">{t('chart.why')}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.edge} data-outside={row.outside ?? undefined}>
            <td className="long"><bdi>{short(row.a, LONGEST_NAME)}</bdi></td>
            <td><span className={`tie ${row.kind}`}>{t(`link_kind.${row.kind}`)}</span></td>
            <td className="long"><bdi>{short(row.b, LONGEST_NAME)}</bdi><OutsideWord outside={row.outside} /></td>
            <td className="numeric">{format.number(row.weightBits)}</td>
            <td className="numeric">{format.number(row.nRecords)}</td>
            <td><button type="button" className="sort" onClick={() => go({ screen: 'why' }, row.ends)}>{t('chart.why')}</button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
