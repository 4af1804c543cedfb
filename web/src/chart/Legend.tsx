import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components';
import { useFormat } from '../parts/format';
import type { LinkKind } from './graph';
import { CORNERS, lookOf } from './looks';
import type { Parts } from './parts';

export function KindMark({ kind }: { kind: string }) {
  const { shape, colour } = lookOf(kind);
  const corners = CORNERS[shape];
  return (
    <svg viewBox="-1.3 -1.3 2.6 2.6" className={`mark mark-${colour}`} aria-hidden="true">
      {corners.length === 0 ? <circle r="1" /> : <polygon points={corners.map((corner) => corner.join(',')).join(' ')} />}
    </svg>
  );
}

const LINKS: LinkKind[] = ['identity', 'association'];

/** Names every kind on the chart, and switches it off and on. */
export function Legend({ graph, state, tell, shown }: Parts) {
  const { t } = useTranslation();
  const format = useFormat();
  const n = useMemo(() => {
    const counts = new Map<string, number>();
    for (const node of state.visible) {
      const kind = graph.getNodeAttribute(node, 'kind');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return [...counts].sort((x, y) => y[1] - x[1]);
  }, [graph, state.visible]);
  const nLinks = useMemo(() => {
    const counts: Record<LinkKind, number> = { identity: 0, association: 0 };
    graph.forEachEdge((_, facts, a, b) => {
      if (shown.nodes.has(a) && shown.nodes.has(b)) ++counts[facts.kind];
    });
    return counts;
  }, [graph, shown.nodes]);
  return (
    <div className="legend" role="group" aria-label={t('legend.title')}>
      {n.map(([kind, count]) => (
        <ToggleButton key={kind} isSelected={!state.kindsOff.has(kind)} onChange={() => tell({ do: 'toggleKind', kind })}>
          <KindMark kind={kind} /> {t(`kind.${kind}`, { defaultValue: kind })} <span className="count">{format.number(count)}</span>
        </ToggleButton>
      ))}
      <span className="legend-gap" />
      {LINKS.map((kind) => (
        <ToggleButton key={kind} isSelected={!state.linksOff.has(kind)} onChange={() => tell({ do: 'toggleLinks', kind })}>
          <svg viewBox="0 0 24 8" className={`tie-mark ${kind}`} aria-hidden="true"><line x1="1" y1="4" x2="23" y2="4" /></svg>
          {t(`link_kind.${kind}`)} <span className="count">{format.number(nLinks[kind])}</span>
        </ToggleButton>
      ))}
      {shown.nLinksLeftOut > 0 || state.allLinks ? (
        <ToggleButton isSelected={state.allLinks} onChange={(on) => tell({ do: 'allLinks', on })}>{t('legend.all_links')}</ToggleButton>
      ) : null}
    </div>
  );
}
