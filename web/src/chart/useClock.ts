// The span of time chosen on the strip, and its running on by itself.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Chart } from '../api/client';
import type { Bins, InTime, Moments } from './moments';
import { binsOf, momentsOf, within } from './moments';

/** Bins [from, to) of the strip. */
export interface Window {
  from: number;
  to: number;
}

export interface Clock {
  moments: Moments;
  bins: Bins;
  nBins: number;
  /** null: all of time. */
  window: Window | null;
  inTime: InTime | null;
  isPlaying: boolean;
  choose: (window: Window | null) => void;
  /** Moves the window as it is by bins; it stops at the ends. */
  move: (by: number) => void;
  play: () => void;
}

const STEP_MS = 500;

export function moved({ from, to }: Window, by: number, nBins: number): Window {
  const step = Math.max(-from, Math.min(by, nBins - to));
  return { from: from + step, to: to + step };
}

/** What plays when nothing is chosen: a tenth of the time, from its beginning. */
const opening = (nBins: number): Window => ({ from: 0, to: Math.max(1, Math.round(nBins / 10)) });

export function useClock(chart: Chart): Clock {
  const moments = useMemo(() => momentsOf(chart), [chart]);
  const bins = useMemo(() => binsOf(moments), [moments]);
  const nBins = Math.max(0, bins.edges.length - 1);
  const [window, setWindow] = useState<Window | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const choose = useCallback((next: Window | null) => {
    setPlaying(false);
    setWindow(next && next.to > next.from && !(next.from <= 0 && next.to >= nBins) ? next : null);
  }, [nBins]);
  const move = useCallback((by: number) => {
    setPlaying(false);
    setWindow((now) => (now ? moved(now, by, nBins) : by > 0 ? opening(nBins) : null));
  }, [nBins]);
  const play = useCallback(() => {
    if (nBins < 2) return;
    // From the end it begins anew.
    setWindow((now) => (isPlaying ? now : !now || now.to >= nBins ? (now ? moved(now, -nBins, nBins) : opening(nBins)) : now));
    setPlaying(!isPlaying);
  }, [nBins, isPlaying]);
  const isAtEnd = window !== null && window.to >= nBins;
  useEffect(() => {
    if (!isPlaying) return;
    if (isAtEnd) {
      setPlaying(false);
      return;
    }
    const timer = setInterval(() => setWindow((now) => now && moved(now, 1, nBins)), STEP_MS);
    return () => clearInterval(timer);
  }, [isPlaying, isAtEnd, nBins]);
  const inTime = useMemo(
    () => (window ? within(moments, { from: bins.edges[window.from] as number, to: bins.edges[window.to] as number }) : null),
    [moments, bins, window],
  );
  return { moments, bins, nBins, window, inTime, isPlaying, choose, move, play };
}
