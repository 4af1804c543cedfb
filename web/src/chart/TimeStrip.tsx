import type { KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { useFormat } from '../parts/format';
import type { Bins, Histogram } from './moments';
import { histogramOf, touching, undated } from './moments';
import type { Parts } from './parts';
import type { Clock, Window } from './useClock';
import { moved } from './useClock';

const N_LABELS = 5;
// A bar of one record among thousands is still seen.
const LEAST_BAR = 0.07;

function useBinWords({ unit, edges }: Bins) {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const options: Intl.DateTimeFormatOptions =
      unit === 'year' ? { year: 'numeric' } : unit === 'month' ? { year: 'numeric', month: 'short' } : unit === 'hour' ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium' };
    // The seconds are those of the local clock already.
    const write = new Intl.DateTimeFormat(i18n.language, { ...options, timeZone: 'UTC' });
    const at = (second: number) => write.format(new Date(second * 1000));
    return {
      begin: (bin: number) => at(edges[bin] as number),
      // The last moment within, so that a window of one day names that day.
      end: (bin: number) => at((edges[bin] as number) - 1),
    };
  }, [i18n.language, unit, edges]);
}

function Bars({ all, chosen, window }: { all: Histogram; chosen: Histogram | null; window: Window | null }) {
  const n = all.sure.length;
  const most = all.sure.reduce((x, count, i) => Math.max(x, count + (all.loose[i] as number)), 1);
  const height = (count: number) => (count === 0 ? 0 : Math.max(LEAST_BAR, count / most));
  const bar = (bin: number, count: number, name: string) => (count === 0 ? null : <rect key={name} className={name} x={bin + 0.08} width={0.84} y={1 - height(count)} height={height(count)} />);
  return (
    <svg viewBox={`0 0 ${n} 1`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from(all.sure, (sure, bin) => (
        <g key={bin} className={window && (bin < window.from || bin >= window.to) ? 'outside' : undefined}>
          {bar(bin, all.loose[bin] ? sure + (all.loose[bin] as number) : 0, 'loose')}
          {bar(bin, sure, 'sure')}
          {chosen ? bar(bin, chosen.sure[bin] as number, 'chosen') : null}
        </g>
      ))}
    </svg>
  );
}

type Handle = 'from' | 'to' | 'both';

/** One end of the window, or all of it, as a slider for the keyboard. */
function Grip({ handle, clock, words }: { handle: Handle; clock: Clock; words: ReturnType<typeof useBinWords> }) {
  const { t } = useTranslation();
  const { nBins, choose } = clock;
  const window = clock.window ?? { from: 0, to: nBins };
  const page = Math.max(1, Math.round(nBins / 10));
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -page, PageUp: page, Home: -nBins, End: nBins }[event.key];
    if (event.key === 'Escape') choose(null);
    else if (by === undefined) return;
    else if (handle === 'both') choose(moved(window, by, nBins));
    else if (handle === 'from') choose({ ...window, from: Math.max(0, Math.min(window.from + by, window.to - 1)) });
    else choose({ ...window, to: Math.min(nBins, Math.max(window.to + by, window.from + 1)) });
    event.preventDefault();
    event.stopPropagation();
  };
  const at = handle === 'to' ? window.to : window.from;
  const text = handle === 'from' ? words.begin(window.from) : handle === 'to' ? words.end(window.to) : `${words.begin(window.from)} – ${words.end(window.to)}`;
  const place = handle === 'both' ? { insetInlineStart: `${(100 * window.from) / nBins}%`, inlineSize: `${(100 * (window.to - window.from)) / nBins}%` } : { insetInlineStart: `${(100 * at) / nBins}%` };
  return (
    <div className={`grip grip-${handle}`} data-whole={!clock.window || undefined} ref={(element) => { if (element) Object.assign(element.style, place); }} role="slider" tabIndex={0} data-handle={handle}
      aria-label={t(`time.${handle}`)} aria-valuemin={0} aria-valuemax={nBins} aria-valuenow={at} aria-valuetext={text} onKeyDown={press} />
  );
}

/** Drawing a window with the pointer: a new one, or the one there taken by an end or moved whole. */
function useDrag(clock: Clock) {
  const { nBins, choose } = clock;
  const plot = useRef<HTMLDivElement>(null);
  const held = useRef<{ handle: Handle | 'new'; at: number; window: Window } | null>(null);
  const binOf = (event: PointerEvent) => {
    const box = (plot.current as HTMLDivElement).getBoundingClientRect();
    return Math.max(0, Math.min(nBins - 1, Math.floor(((event.clientX - box.left) / box.width) * nBins)));
  };
  return {
    ref: plot,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      const grip = (event.target as HTMLElement).dataset['handle'] as Handle | undefined;
      const at = binOf(event);
      const handle = clock.window && grip ? grip : !grip || grip === 'both' ? 'new' : grip;
      held.current = { handle, at, window: clock.window ?? { from: 0, to: nBins } };
      if (handle === 'new') choose({ from: at, to: at + 1 });
      plot.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (!held.current) return;
      const { handle, at, window } = held.current;
      const to = binOf(event);
      if (handle === 'new') choose({ from: Math.min(at, to), to: Math.max(at, to) + 1 });
      else if (handle === 'both') choose(moved(window, to - at, nBins));
      else if (handle === 'from') choose({ ...window, from: Math.min(to, window.to - 1) });
      else choose({ ...window, to: Math.max(to + 1, window.from + 1) });
    },
    onPointerUp: () => { held.current = null; },
  };
}

/** Records along time: drag or use the keys to choose a span; what lies outside is dimmed everywhere. */
export function TimeStrip({ graph, state, clock, nRecords }: Parts & { clock: Clock; nRecords: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { moments, bins, nBins, window, inTime, isPlaying } = clock;
  const words = useBinWords(bins);
  const all = useMemo(() => histogramOf(moments, bins), [moments, bins]);
  const chosen = useMemo(() => (state.selected.size > 0 ? histogramOf(moments, bins, touching(moments, state.selected)) : null), [moments, bins, state.selected]);
  const nUndated = useMemo(() => undated(graph, moments).size, [graph, moments]);
  const drag = useDrag(clock);
  const [hovered, setHovered] = useState<number | null>(null);
  const nDated = moments.from.length;
  if (nBins < 2) return <p className="quiet-text time-strip">{nBins === 0 ? t('time.no_dates') : t('time.one_span', { span: words.begin(0), n: format.number(nDated) })}</p>;
  const span = window ? `${words.begin(window.from)} – ${words.end(window.to)}` : t('time.all');
  const said = hovered !== null && !window ? `${words.begin(hovered)}: ${format.number(all.sure[hovered] as number)}` : span;
  const labels = Array.from({ length: N_LABELS }, (_, i) => Math.round((i * nBins) / (N_LABELS - 1)));
  return (
    <section className="time-strip" aria-label={t('time.title')}>
      <div className="time-head">
        <Button onPress={clock.play}>{isPlaying ? t('time.pause') : t('time.play')}</Button>
        <Button isDisabled={!window} onPress={() => clock.choose(null)}>{t('time.clear')}</Button>
        <p className="time-said" role="status" aria-live={isPlaying ? 'off' : 'polite'}>
          {said} · {t('time.n_records', { n: format.number(inTime ? inTime.nMoments : nDated), all: format.number(nDated) })}
          <span className="quiet-text">
            {nRecords > nDated ? ` · ${t('time.n_not_dated', { n: format.number(nRecords - nDated) })}` : ''}
            {nUndated > 0 ? ` · ${t('time.n_members_not_dated', { n: format.number(nUndated) })}` : ''}
          </span>
        </p>
      </div>
      <div className="time-plot" dir="ltr" {...drag} onMouseMove={(event) => { const box = event.currentTarget.getBoundingClientRect(); setHovered(Math.max(0, Math.min(nBins - 1, Math.floor(((event.clientX - box.left) / box.width) * nBins)))); }} onMouseLeave={() => setHovered(null)}>
        <Bars all={all} chosen={chosen} window={window} />
        <Grip handle="both" clock={clock} words={words} />
        <Grip handle="from" clock={clock} words={words} />
        <Grip handle="to" clock={clock} words={words} />
      </div>
      <p className="time-axis" dir="ltr" aria-hidden="true">{labels.map((bin, i) => <span key={bin}>{i === N_LABELS - 1 ? words.end(bin) : words.begin(bin)}</span>)}</p>
    </section>
  );
}
