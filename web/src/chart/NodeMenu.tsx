import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import type { Parts } from './parts';
import type { Point } from './state';
import { hiddenNeighbours, HUB } from './state';

/** Right-click on a node: expand by kind with counts, hide, pin, why. A hub brings its strongest first. */
export function NodeMenu({ graph, state, tell, node, at, why, onClose }: Parts & { node: string; at: Point; why: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const anchor = useRef<HTMLSpanElement>(null);
  const hidden = hiddenNeighbours(graph, state, node);
  const byKind = new Map<string, number>();
  for (const other of hidden) {
    const kind = graph.getNodeAttribute(other, 'kind');
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  }
  const act = (key: string) => {
    if (key === 'all') tell({ do: 'expand', node });
    else if (key.startsWith('kind ')) tell({ do: 'expand', node, kind: key.slice(5) });
    else if (key === 'hide') tell({ do: 'hide', nodes: [node] });
    else if (key === 'unpin') tell({ do: 'unpin', node });
    else if (key === 'why') why();
    onClose();
  };
  const place = (element: HTMLSpanElement | null) => {
    if (!element) return;
    element.style.left = `${at.x}px`;
    element.style.top = `${at.y}px`;
    anchor.current = element;
  };
  return (
    <>
      <span ref={place} className="menu-anchor" />
      <Popover className="popover" triggerRef={anchor} isOpen onOpenChange={(open) => { if (!open) onClose(); }} placement="bottom start">
        <Menu aria-label={t('chart.menu')} onAction={(key) => act(String(key))} autoFocus="first">
          <MenuSection>
            <Header><bdi>{short(graph.getNodeAttribute(node, 'canonical'), LONGEST_NAME)}</bdi></Header>
            {hidden.length > 0 ? (
              <MenuItem id="all">{hidden.length > HUB ? t('chart.expand_strongest', { most: format.number(HUB), all: format.number(hidden.length) }) : t('chart.expand_all', { count: hidden.length })}</MenuItem>
            ) : <MenuItem id="none" isDisabled>{t('chart.nothing_hidden')}</MenuItem>}
            {byKind.size > 1 ? [...byKind].map(([kind, n]) => <MenuItem key={kind} id={`kind ${kind}`}>{t('chart.expand')}: {t(`kind.${kind}`, { defaultValue: kind })} ({format.number(n)})</MenuItem>) : null}
          </MenuSection>
          <Separator />
          <MenuItem id="hide">{t('chart.hide')}</MenuItem>
          {state.pinned.has(node) ? <MenuItem id="unpin">{t('chart.unpin')}</MenuItem> : null}
          <MenuItem id="why" isDisabled={state.selected.size !== 2}>{t('chart.why')}</MenuItem>
        </Menu>
      </Popover>
    </>
  );
}
