import { useQuery } from '@tanstack/react-query';
import { geoCircle, geoMercator, geoPath } from 'd3-geo';
import type { GeoPermissibleObjects } from 'd3-geo';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import countriesUrl from 'world-atlas/countries-50m.json?url';
import type { NetworkMap } from '../api/client';
import { get } from '../api/client';
import { useMap } from '../api/queries';
import { Loading } from '../parts/Loading';
import { useFormat } from '../parts/format';
import type { Parts } from './parts';
import { chosenTowns, legibleNames, membersIn, nInTime, townName, townsOfFirstView } from './townMap';
import type { Clock } from './useClock';

const KM_A_DEGREE = 111.2;
const PAN_STEP = 60;
const MOST_ZOOM = 60;

/** The countries, from the page's own files: nothing is asked outside. */
const useCountries = () =>
  useQuery({
    queryKey: ['countries'],
    staleTime: Infinity,
    queryFn: async () => {
      const topology = await get<Topology>(countriesUrl);
      return feature(topology, topology.objects['countries']!) as GeoPermissibleObjects;
    },
  });

function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [ref, size] as const;
}

/** Panning and zooming about what was fitted first. */
function useSight() {
  const [sight, setSight] = useState({ zoom: 1, dx: 0, dy: 0 });
  const held = useRef<{ x: number; y: number } | null>(null);
  const zoom = (by: number, x: number, y: number) => setSight((now) => {
    const next = Math.min(MOST_ZOOM, Math.max(0.2, now.zoom * by));
    const scale = next / now.zoom;
    return { zoom: next, dx: x - (x - now.dx) * scale, dy: y - (y - now.dy) * scale };
  });
  const pan = (dx: number, dy: number) => setSight((now) => ({ ...now, dx: now.dx + dx, dy: now.dy + dy }));
  const drag = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest('[data-town]')) return;
      held.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (!held.current) return;
      pan(event.clientX - held.current.x, event.clientY - held.current.y);
      held.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => { held.current = null; },
  };
  return { sight, zoom, pan, drag, fit: () => setSight({ zoom: 1, dx: 0, dy: 0 }) };
}

function Drawn({ map, parts, clock }: { map: NetworkMap; parts: Parts; clock: Clock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const countries = useCountries();
  const [box, { width, height }] = useSize();
  const { sight, zoom, pan, drag, fit } = useSight();
  const { tell, state } = parts;
  const span = clock.window ? { from: clock.bins.edges[clock.window.from] as number, to: clock.bins.edges[clock.window.to] as number } : null;
  const counts = map.towns.map((town) => nInTime(town, span));
  const chosen = useMemo(() => chosenTowns(map, state.selected), [map, state.selected]);
  const [looked, setLooked] = useState<number | null>(null);
  const [isWhole, setWhole] = useState(false);
  const firstView = useMemo(() => townsOfFirstView(map.towns), [map]);
  const nPlaced = map.towns.filter((town) => town.latitude !== null).length;
  const fitted = useMemo(() => {
    const points = (isWhole ? map.towns : firstView.map((i) => map.towns[i]!)).flatMap((town) => (town.latitude === null || town.longitude === null ? [] : [[town.longitude, town.latitude]]));
    const projection = geoMercator();
    if (width > 0 && points.length > 0) projection.fitExtent([[50, 40], [width - 90, height - 40]], { type: 'MultiPoint', coordinates: points });
    // One town alone is shown in its country, not as a street.
    projection.scale(Math.min(projection.scale(), 6000));
    if (points.length === 1 && width > 0) projection.center(points[0] as [number, number]).translate([width / 2, height / 2]);
    return { scale: projection.scale(), translate: projection.translate(), center: projection.center() };
  }, [map, firstView, isWhole, width, height]);
  const projection = useMemo(() => {
    const [x, y] = fitted.translate;
    return geoMercator().center(fitted.center).scale(fitted.scale * sight.zoom).translate([x * sight.zoom + sight.dx, y * sight.zoom + sight.dy]).clipExtent([[-20, -20], [width + 20, height + 20]]);
  }, [fitted, sight, width, height]);
  const land = useMemo(() => (countries.data && width > 0 ? (geoPath(projection)(countries.data) ?? '') : ''), [countries.data, projection, width]);
  const most = Math.max(1, ...counts);
  const at = map.towns.map((town) => (town.latitude === null || town.longitude === null ? null : projection([town.longitude, town.latitude])));
  const radius = (n: number) => 3 + 9 * Math.sqrt(n / most);
  const isDimmed = (i: number) => counts[i] === 0 || (chosen.towns.size > 0 && !chosen.towns.has(i));
  const names = legibleNames(map.towns.flatMap((town, i) => (at[i] && counts[i] ? [{ town: i, x: at[i]![0] + radius(counts[i]!) + 4, y: at[i]![1], text: townName(town.place) }] : [])));
  const select = (i: number) => {
    setLooked(i);
    tell({ do: 'select', nodes: membersIn(map, i) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (direction) pan((direction[0] as number) * PAN_STEP, (direction[1] as number) * PAN_STEP);
    else if (event.key === '+' || event.key === '=') zoom(1.25, width / 2, height / 2);
    else if (event.key === '-') zoom(0.8, width / 2, height / 2);
    else if (event.key === 'f') fit();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const element = box.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element!.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - left, event.clientY - top);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  });
  const nUnplaced = map.towns.length - nPlaced;
  return (
    <div className="map-view">
      <div className="map" ref={box} role="application" tabIndex={0} aria-label={t('map.label', { n: format.number(map.towns.length) })} onKeyDown={onKeyDown} {...drag}>
        <svg width={width} height={height} aria-hidden="true">
          <path className="land" d={land} />
          {map.towns.map((town, i) => at[i] && counts[i] ? (
            <path key={`r${town.place}`} className={isDimmed(i) ? 'reach dim' : 'reach'} d={geoPath(projection)(geoCircle().center([town.longitude!, town.latitude!]).radius(town.radius_km / KM_A_DEGREE)()) ?? ''} />
          ) : null)}
          {map.towns.map((town, i) => at[i] ? (
            <circle key={town.place} data-town={town.place} className={`town${isDimmed(i) ? ' dim' : ''}${chosen.towns.has(i) ? ' chosen' : ''}`} cx={at[i]![0]} cy={at[i]![1]} r={radius(counts[i]!)} onClick={() => select(i)} />
          ) : null)}
          {names.map(({ town, x, y }) => <text key={town} className={isDimmed(town) ? 'dim' : undefined} x={x} y={y + 4}>{townName(map.towns[town]!.place)}</text>)}
        </svg>
      </div>
      <div className="map-side">
        <p className="quiet-text">{t('map.note')}</p>
        {firstView.length < nPlaced ? <ToggleButton isSelected={isWhole} onChange={(on) => { fit(); setWhole(on); }}>{t('map.whole', { n: format.number(nPlaced - firstView.length) })}</ToggleButton> : null}
        <p role="status" className="quiet-text">
          {chosen.withheld.length > 0 ? t('map.withheld', { n: format.number(chosen.withheld.length), towns: format.number(Math.max(...chosen.withheld.map((one) => one.nTowns))) })
            : looked !== null && state.selected.size === 0 ? t('map.nobody_told', { town: townName(map.towns[looked]!.place) }) : ''}
        </p>
        <table className="full">
          <caption>{t('map.towns', { n: format.number(map.towns.length) })}</caption>
          <thead><tr><th scope="col">{t('map.town')}</th><th scope="col" className="numeric">{t('col.records')}</th><th scope="col" className="numeric">{t('map.reach')}</th></tr></thead>
          <tbody>
            {map.towns.map((town, i) => (
              <tr key={town.place} aria-selected={chosen.towns.has(i)} data-outside={counts[i] === 0 ? 'out_of_time' : undefined}>
                <td><button type="button" className="sort" onClick={() => select(i)}><bdi>{townName(town.place)}</bdi></button>{town.place.startsWith('/') ? '' : ` ${town.place.slice(0, 2)}`}</td>
                <td className="numeric">{format.number(counts[i]!)}</td>
                <td className="numeric">{town.latitude === null ? '–' : t('map.km', { n: format.number(Math.round(town.radius_km)) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {nUnplaced > 0 ? <p className="quiet-text">{t('map.unplaced', { n: format.number(nUnplaced) })}</p> : null}
      </div>
    </div>
  );
}

/** Towns that the network's records name. No line joins one with another: nobody's way is told. */
export function MapView({ clock, ...parts }: Parts & { clock: Clock }) {
  const { t } = useTranslation();
  const query = useMap(parts.network);
  return <Loading query={query}>{(map) => (map.towns.length === 0 ? <p className="empty">{t('map.none')}</p> : <Drawn map={map} parts={parts} clock={clock} />)}</Loading>;
}
