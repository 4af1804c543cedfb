import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../api/client';
import { useMoney } from '../api/queries';
import { Go } from '../app/navigation';
import { Loading } from '../parts/Loading';
import { short, shortId, useFormat } from '../parts/format';
import { KindMark } from './Legend';
import type { Flow } from './moneyFlow';
import { endsOf, flowsOf, isIn, lanesOf, OUTSIDE } from './moneyFlow';
import type { Parts } from './parts';
import type { Clock } from './useClock';

const MOST_LANES = 16;
const LANE = 26;
const AT_ONCE = 100;

function Lanes({ money, flows, lanes, clock, isDimmed, graph, state, tell }: Parts & { money: Money; flows: Flow[]; lanes: number[]; clock: Clock; isDimmed: (flow: Flow) => boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = new Map(lanes.map((lane, i) => [lane, (i + 0.5) * LANE]));
  const { edges } = clock.bins;
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const most = Math.max(1, ...flows.map((flow) => flow.amount));
  const nameOf = (lane: number) => {
    const entity = money.accounts[lane];
    return lane === OUTSIDE || !entity || !graph.hasNode(entity) ? null : graph.getNodeAttributes(entity);
  };
  const height = lanes.length * LANE;
  return (
    <div className="lanes" dir="ltr">
      <ul className="lane-names">
        {lanes.map((lane) => {
          const entity = money.accounts[lane];
          const facts = nameOf(lane);
          return (
            <li key={lane} aria-current={entity && state.selected.has(entity) ? 'true' : undefined}>
              {facts && entity ? <button type="button" className="sort" onClick={() => tell({ do: 'select', nodes: [entity] })}><KindMark kind={facts.kind} /> <bdi>{short(facts.canonical, 24)}</bdi></button> : <span className="quiet-text">{t('money.outside')}</span>}
            </li>
          );
        })}
      </ul>
      <svg viewBox={`0 0 1000 ${height}`} preserveAspectRatio="none" height={height} aria-hidden="true">
        {lanes.map((lane) => <line key={lane} className="lane" x1="0" x2="1000" y1={at.get(lane)} y2={at.get(lane)} />)}
        {clock.window ? <rect className="lane-window" x={(1000 * clock.window.from) / clock.nBins} width={(1000 * (clock.window.to - clock.window.from)) / clock.nBins} y="0" height={height} /> : null}
        {flows.map((flow, i) => {
          const [from, to] = [at.get(flow.from), at.get(flow.to)];
          if (from === undefined || to === undefined || !flow.span) return null;
          const x = (1000 * (flow.span.from - first)) / (last - first);
          const y = to + (to > from ? -4 : 4);
          return (
            <g key={i} className={`flow${isDimmed(flow) ? ' dim' : ''}`} onClick={() => tell({ do: 'select', nodes: endsOf(money, flow) })}>
              <line className="flow-hit" x1={x} x2={x} y1={from} y2={to} />
              <line x1={x} x2={x} y1={from} y2={y} strokeWidth={1 + 3 * Math.sqrt(flow.amount / most)} vectorEffect="non-scaling-stroke" />
              <line className="flow-head" x1={x} x2={x} y1={y} y2={to} strokeWidth="7" vectorEffect="non-scaling-stroke" />
            </g>
          );
        })}
      </svg>
      <p className="time-axis" aria-hidden="true"><span>{format.day(new Date(first * 1000).toISOString())}</span><span>{format.day(new Date((last - 1) * 1000).toISOString())}</span></p>
    </div>
  );
}

function Drawn({ money, clock, ...parts }: Parts & { money: Money; clock: Clock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(AT_ONCE);
  const flows = useMemo(() => flowsOf(money), [money]);
  const lanes = useMemo(() => lanesOf(flows, MOST_LANES), [flows]);
  const { selected } = parts.state;
  const window = clock.window ? { from: clock.bins.edges[clock.window.from] as number, to: clock.bins.edges[clock.window.to] as number } : null;
  const isChosen = (flow: Flow) => endsOf(money, flow).some((entity) => selected.has(entity));
  const isAnyChosen = money.accounts.some((entity) => selected.has(entity));
  const isDimmed = (flow: Flow) => !isIn(flow, window) || (isAnyChosen && !isChosen(flow));
  const nLanesLeft = money.accounts.length - lanes.filter((lane) => lane !== OUTSIDE).length;
  const side = (lane: number) => {
    const entity = money.accounts[lane];
    return lane === OUTSIDE || !entity || !parts.graph.hasNode(entity) ? t('money.outside') : short(parts.graph.getNodeAttribute(entity, 'canonical'), 34);
  };
  return (
    <>
      <p className="quiet-text">{t('money.note')}</p>
      <Lanes {...parts} money={money} flows={flows} lanes={lanes} clock={clock} isDimmed={isDimmed} />
      {nLanesLeft > 0 ? <p className="quiet-text">{t('money.more_lanes', { n: format.number(nLanesLeft) })}</p> : null}
      {money.across.map((one) => <p key={one.currency}>{t('money.across', { n_in: format.number(one.n_in), in: one.in, n_out: format.number(one.n_out), out: one.out, currency: one.currency || t('money.no_currency') })}</p>)}
      {money.left_out ? <p className="quiet-text">{t('money.left_out')} <span lang="en">{money.left_out}</span></p> : null}
      <table className="full">
        <caption>{t('money.transfers', { n: format.number(flows.filter((flow) => !isDimmed(flow)).length), all: format.number(flows.length) })}</caption>
        <thead><tr><th scope="col">{t('cite.time')}</th><th scope="col">{t('money.from')}</th><th scope="col">{t('money.to')}</th><th scope="col" className="numeric">{t('money.amount')}</th><th scope="col">{t('cite.record')}</th></tr></thead>
        <tbody>
          {flows.slice(0, shown).map((flow, i) => (
            <tr key={i} data-outside={isDimmed(flow) ? 'out_of_time' : undefined} aria-selected={isAnyChosen && isChosen(flow)}>
              <td className="when">{flow.transfer.time.slice(0, 16).replace('T', ' ')}</td>
              <td className="long"><button type="button" className="sort" onClick={() => parts.tell({ do: 'select', nodes: endsOf(money, flow) })}><bdi>{side(flow.from)}</bdi></button></td>
              <td className="long"><bdi>{side(flow.to)}</bdi></td>
              <td className="numeric"><bdi>{flow.transfer.amount} {flow.transfer.currency}</bdi></td>
              <td><Go to={{ screen: 'record', id: flow.transfer.record }}><code>{shortId(flow.transfer.record)}</code></Go></td>
            </tr>
          ))}
        </tbody>
      </table>
      {flows.length > shown ? <button type="button" onClick={() => setShown(shown + AT_ONCE)}>{t('more')}</button> : null}
    </>
  );
}

/** The transfers of the network's accounts along the same time as the strip. */
export function MoneyView({ clock, ...parts }: Parts & { clock: Clock }) {
  const { t } = useTranslation();
  const query = useMoney(parts.network);
  return <Loading query={query}>{(money) => (money.transfers.length === 0 ? <p className="empty">{t('money.none')}</p> : <Drawn {...parts} money={money} clock={clock} />)}</Loading>;
}
