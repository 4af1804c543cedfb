import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../app/navigation';
import { LONGEST_NAME, short } from '../parts/format';
import { CanvasRenderer } from './canvas';
import { press } from './keys';
import type { Picture } from './picture';
import { NodeMenu } from './NodeMenu';
import type { Parts } from './parts';
import type { ChartRenderer, Drawing, Hit } from './renderer';
import type { Point } from './state';
import type { Clock } from './useClock';

declare global {
  interface Window {
    /** For tests and other tools of the page: where a node stands on the page, CSS pixels. */
    ovilloChart?: { placeOf: (node: string) => Point | null; nodes: () => string[]; dimmed: () => string[]; drawnMs: number };
  }
}

export function ChartView({ drawing, onPicture, ...parts }: Parts & { drawing: Drawing; clock: Clock; onPicture: (picture: () => Picture | null) => void }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<ChartRenderer | null>(null);
  const [menu, setMenu] = useState<{ node: string; at: Point } | null>(null);
  const latest = useRef(parts);
  latest.current = parts;
  const latestPicture = useRef(onPicture);
  latestPicture.current = onPicture;

  useEffect(() => {
    const pick = ({ node, add }: Hit) => latest.current.tell({ do: 'select', nodes: node ? [node] : [], add: add && node !== null });
    const made = new CanvasRenderer(canvas.current as HTMLCanvasElement, {
      onPick: pick,
      onOpen: ({ node }) => { if (node) latest.current.tell({ do: 'expand', node }); },
      onMenu: ({ node, page }) => {
        if (!node) return;
        if (!latest.current.state.selected.has(node)) latest.current.tell({ do: 'select', nodes: [node] });
        setMenu({ node, at: page });
      },
      onDropped: (node, at) => latest.current.tell({ do: 'pin', node, at }),
    });
    renderer.current = made;
    latestPicture.current(() => renderer.current?.picture() ?? null);
    return () => {
      made.destroy();
      renderer.current = null;
      delete window.ovilloChart;
    };
  }, []);

  useEffect(() => {
    const before = performance.now();
    renderer.current?.draw(drawing);
    window.ovilloChart = {
      placeOf: (node) => renderer.current?.placeOf(node) ?? null,
      nodes: () => drawing.nodes.map((node) => node.id),
      dimmed: () => drawing.nodes.filter((node) => node.dimmed).map((node) => node.id),
      drawnMs: performance.now() - before,
    };
  }, [drawing]);

  const why = () => {
    const { state, network } = latest.current;
    const [a, b] = [...state.selected];
    if (state.selected.size === 2 && a && b) go({ screen: 'why' }, { a, b, network });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!renderer.current) return;
    const last = [...parts.state.selected].at(-1);
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const at = last && renderer.current.placeOf(last);
      if (last && at) setMenu({ node: last, at });
      event.preventDefault();
      return;
    }
    if (press({ ...parts, shown: parts.shown.nodes, renderer: renderer.current, why }, event)) event.preventDefault();
  };
  const last = [...parts.state.selected].at(-1);
  const facts = last ? parts.graph.getNodeAttributes(last) : null;
  return (
    <div className="chart" role="application" aria-roledescription={t('view.chart')} aria-label={t('chart.label', { count: parts.shown.nodes.size })} aria-describedby="chart-keys" tabIndex={0} onKeyDown={onKeyDown}>
      <canvas ref={canvas} aria-hidden="true" />
      <p id="chart-keys" className="visually-hidden">{t('chart.keys')}</p>
      <p aria-live="polite" className="visually-hidden">{facts ? `${t(`kind.${facts.kind}`, { defaultValue: facts.kind })} ${short(facts.canonical, LONGEST_NAME)}, ${t('n.records', { count: facts.nRecords })}` : ''}</p>
      {menu ? <NodeMenu {...parts} {...menu} why={why} onClose={() => setMenu(null)} /> : null}
    </div>
  );
}
