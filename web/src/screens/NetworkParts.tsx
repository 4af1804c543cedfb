// What stands beside the chart: reasons with their words, texts of one hand, records.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network, ShownSign, TextCluster } from '../api/client';
import { Go } from '../app/navigation';
import { shortId, useFormat } from '../parts/format';
import { Folded, Raw } from '../parts/Raw';

const SIDES = [['urgent', 'urgent'], ['for', 'for'], ['against', 'against'], ['not_known', 'unknown'], ['organisation', 'organisation']] as const;
const AT_ONCE = 50;

function Reason({ sign }: { sign: ShownSign }) {
  const { t } = useTranslation();
  if (sign.evidence.length === 0) return <li lang="en">{sign.sentence}</li>;
  return (
    <li>
      <details>
        <summary lang="en">{sign.sentence}</summary>
        <ol className="plain">
          {sign.evidence.map((citation, i) => (
            <li key={i}>
              <Go to={{ screen: 'record', id: citation.record }}><code>{shortId(citation.record)}</code></Go>{' '}
              <span className="quiet-text">{citation.source}, {t('cite.row', { row: citation.row })}</span>
              {citation.raw ? <Raw pieces={[{ text: ` ${citation.raw}`, mark: 0 }]} /> : null}
            </li>
          ))}
        </ol>
        {sign.n_evidence > sign.evidence.length ? <p className="quiet-text">{t('reasons.more', { count: sign.n_evidence - sign.evidence.length })}</p> : null}
      </details>
    </li>
  );
}

export function Reasons({ network }: { network: Network }) {
  const { t } = useTranslation();
  return (
    <>
      {SIDES.map(([side, tone]) => {
        const signs = network.signs.filter((sign) => sign.side === side);
        if (side === 'urgent' && signs.length === 0) return null;
        return (
          <section key={side} className={`side ${tone}`}>
            <h2>{t(`side.${side}`)}</h2>
            {signs.length === 0 ? <p className="quiet-text">{t('side.none')}</p> : <ul>{signs.map((sign) => <Reason key={sign.indicator + sign.sentence} sign={sign} />)}</ul>}
          </section>
        );
      })}
    </>
  );
}

const SLOT = /(⟨[^⟩]*⟩)/;
const piecesOf = (template: string) => template.split(SLOT).map((text, i) => ({ text, mark: i % 2 ? i : null }));

function Cluster({ cluster }: { cluster: TextCluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="card">
      <p className="quiet-text">{t('n.records', { count: cluster.members.length })} · {t('texts.slots', { count: cluster.n_slots })} · {t('statement.inference')}</p>
      <Folded pieces={piecesOf(cluster.template)} label={String(cluster.cluster + 1)} />
      <details>
        <summary>{t('texts.members')}</summary>
        <div className="wide" role="group" tabIndex={0} aria-label={t('texts.members')}>
          <table>
            <thead><tr><th scope="col">{t('cite.record')}</th><th scope="col">{t('cite.time')}</th><th scope="col">{t('texts.varies')}</th><th scope="col">{t('texts.why_here')}</th></tr></thead>
            <tbody>
              {cluster.members.map((member) => (
                <tr key={member.id}>
                  <td><Go to={{ screen: 'record', id: member.id }}><code>{shortId(member.id)}</code></Go></td>
                  <td>{format.time(member.time)}</td>
                  <td><bdi>{member.slots.map((slot) => slot ?? '–').join(' · ')}</bdi></td>
                  <td>
                    {member.joined_with ? t(member.is_copy ? 'texts.same_words' : 'texts.joined_with') : t('texts.first')}{' '}
                    {member.joined_with ? <Go to={{ screen: 'record', id: member.joined_with }}><code>{shortId(member.joined_with)}</code></Go> : null}
                    {member.joined_with && !member.is_copy ? ` ${t('texts.bits', { bits: format.number(Math.floor(member.bits ?? 0)), asked: format.number(Math.floor(member.bits_asked ?? 0)) })}` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </li>
  );
}

export function Texts({ network }: { network: Network }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [most, setMost] = useState(AT_ONCE);
  if (network.clusters.length === 0 && network.stock.length === 0) return <p className="empty">{t('texts.none')}</p>;
  return (
    <>
      <ol className="cards">{network.clusters.slice(0, most).map((cluster) => <Cluster key={cluster.cluster} cluster={cluster} />)}</ol>
      {network.clusters.length > most ? <button type="button" onClick={() => setMost(most + AT_ONCE)}>{t('more')}</button> : null}
      {network.stock.length > 0 ? (
        <>
          <h2>{t('texts.stock')}</h2>
          <ul>{network.stock.map((stock) => <li key={stock.text}><Raw pieces={[{ text: stock.text, mark: null }]} /> <span className="quiet-text">({t('texts.n_texts', { count: stock.n_texts, n: format.number(stock.n_texts) })})</span></li>)}</ul>
        </>
      ) : null}
    </>
  );
}

export function Records({ network }: { network: Network }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [most, setMost] = useState(AT_ONCE);
  return (
    <>
      <div className="wide" role="group" tabIndex={0} aria-label={t('aside.records')}>
        <table>
          <thead><tr><th scope="col">{t('cite.record')}</th><th scope="col">{t('col.kind')}</th><th scope="col">{t('cite.time')}</th><th scope="col">{t('cite.source')}</th><th scope="col">{t('cite.file')}</th></tr></thead>
          <tbody>
            {network.records.slice(0, most).map((record) => (
              <tr key={record.record}>
                <td><Go to={{ screen: 'record', id: record.record }}><code>{shortId(record.record)}</code></Go></td>
                <td>{t(`record_kind.${record.kind}`, { defaultValue: record.kind })}</td>
                <td>{format.time(record.time)}</td>
                <td>{record.source}</td>
                <td>{record.file}, {t('cite.row', { row: record.row })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {network.records.length > most ? <button type="button" onClick={() => setMost(most + AT_ONCE)}>{t('more')}</button> : null}
    </>
  );
}
