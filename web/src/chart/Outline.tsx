import { useTranslation } from 'react-i18next';
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import { outsideOf } from './aside';
import { KindMark } from './Legend';
import type { Parts } from './parts';
import { OutsideWord } from './Tables';

interface Branch {
  /** Path of node ids: a node stands under each of its neighbours, so its id alone is no key. */
  key: string;
  node: string;
  children: Branch[];
}

const MOST_ROOTS = 400;

/** The same nodes as a tree: each opens to those it is linked with on the chart. */
export function Outline({ graph, state, shown, tell, lens }: Parts) {
  const { t } = useTranslation();
  const format = useFormat();
  const linked = new Map<string, string[]>();
  for (const edge of shown.links) {
    const [a, b] = graph.extremities(edge);
    linked.set(a, [...(linked.get(a) ?? []), b]);
    linked.set(b, [...(linked.get(b) ?? []), a]);
  }
  const byRecords = (x: string, y: string) => graph.getNodeAttribute(y, 'nRecords') - graph.getNodeAttribute(x, 'nRecords') || (x < y ? -1 : 1);
  const roots: Branch[] = [...shown.nodes].sort(byRecords).slice(0, MOST_ROOTS).map((node) => ({
    key: node,
    node,
    children: (linked.get(node) ?? []).sort(byRecords).map((other) => ({ key: `${node} ${other}`, node: other, children: [] })),
  }));
  const render = (branch: Branch) => {
    const { kind, canonical, nRecords } = graph.getNodeAttributes(branch.node);
    const outside = outsideOf(lens, branch.node);
    return (
      <TreeItem key={branch.key} id={branch.key} textValue={canonical} data-outside={outside ?? undefined}>
        <TreeItemContent>
          {({ hasChildItems }) => (
            <>
              {hasChildItems ? <Button slot="chevron" className="chevron" /> : <span className="chevron-gap" />}
              <KindMark kind={kind} /> <span className="kind">{t(`kind.${kind}`, { defaultValue: kind })}</span> <bdi className="long">{short(canonical, LONGEST_NAME)}</bdi>
              <span className="quiet-text"> {t('n.records', { count: nRecords })}{branch.children.length > 0 ? ` · ${t('outline.linked', { count: branch.children.length, n: format.number(branch.children.length) })}` : ''}</span><OutsideWord outside={outside} />
            </>
          )}
        </TreeItemContent>
        <Collection items={branch.children}>{render}</Collection>
      </TreeItem>
    );
  };
  const nodeOf = (key: string) => key.split(' ').at(-1) as string;
  return (
    <Tree aria-label={t('view.outline')} className="outline" items={roots} selectionMode="multiple" selectionBehavior="replace"
      selectedKeys={[...state.selected].filter((node) => shown.nodes.has(node))}
      onSelectionChange={(keys) => tell({ do: 'select', nodes: keys === 'all' ? [...shown.nodes] : [...new Set([...keys].map((key) => nodeOf(String(key))))] })}>
      {render}
    </Tree>
  );
}
