import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, Input, Label, SearchField } from 'react-aria-components';
import type { Sign } from '../api/client';
import { useLeadFacts, useNetworks } from '../api/queries';
import { Go } from '../app/navigation';
import { Choice } from '../parts/Choice';
import { Decide } from '../parts/Decide';
import { shortId, useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';
import { useList } from '../parts/useList';
import type { Lead, Wanted } from './leadsList';
import { chosen, DECIDED, leadsOf, ORDERS } from './leadsList';

const AT_ONCE = 50;

function Side({ title, signs, tone }: { title: string; signs: readonly Sign[]; tone: string }) {
  const { t } = useTranslation();
  return (
    <div className={`side ${tone}`}>
      <h3>{title}</h3>
      {signs.length === 0 ? <p className="quiet-text">{t('side.none')}</p> : (
        <ul>{signs.map((sign) => <li key={sign.indicator + sign.sentence} lang="en">{sign.sentence}</li>)}</ul>
      )}
    </div>
  );
}

function LeadCard({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { line, facts } = lead;
  const towns = facts?.towns.map((town) => `${town.place.split('/').at(-1)} (${format.number(town.n_records)})`).join(', ');
  const more = facts ? facts.n_towns - facts.towns.length : 0;
  return (
    <li className="card lead-card">
      <div className="card-head">
        <span className="rank">{format.number(lead.rank)}</span>
        <h2><Go data-item to={{ screen: 'network', id: line.id }}>{t('leads.network')} <code>{shortId(line.id)}</code></Go></h2>
        <span>{t('n.records', { count: line.n_records })}</span>
        <span>{t('n.members', { count: line.n_entities })}</span>
        <span>{facts?.oldest ? `${format.day(facts.oldest)} – ${format.day(facts.newest)}` : format.day(line.newest)}</span>
        {towns ? <span>{t('leads.towns')}: <bdi>{towns}</bdi>{more > 0 ? ` ${t('leads.more_towns', { count: more })}` : ''}</span> : null}
      </div>
      <div className="sides">
        <Side title={t('side.for')} signs={line.signs_for} tone="for" />
        <Side title={t('side.against')} signs={line.signs_against} tone="against" />
        <Side title={t('side.not_known')} signs={line.not_known} tone="unknown" />
        <Side title={t('side.organisation')} signs={line.organisation} tone="organisation" />
      </div>
      <Decide network={line.id} decided={facts?.decided} />
    </li>
  );
}

function List({ leads }: { leads: Lead[] }) {
  const { t } = useTranslation();
  const [most, setMost] = useState(AT_ONCE);
  return (
    <>
      <p role="status" className="quiet-text">{t('leads.shown', { count: leads.length })}</p>
      <ol className="cards">{leads.slice(0, most).map((lead) => <LeadCard key={lead.line.id} lead={lead} />)}</ol>
      {leads.length > most ? <button type="button" onClick={() => setMost(most + AT_ONCE)}>{t('more')}</button> : null}
    </>
  );
}

export function Leads() {
  const { t } = useTranslation();
  const networks = useNetworks();
  const facts = useLeadFacts();
  const [wanted, setWanted] = useState<Wanted>({ words: '', withSigns: false, order: 'given', decided: 'all' });
  const asked = useDeferredValue(wanted);
  const leads = useMemo(() => leadsOf(networks.data?.networks ?? [], facts.data?.leads ?? []), [networks.data, facts.data]);
  useList();
  return (
    <>
      <h1>{t('leads.title')}</h1>
      <p className="lead">{t('leads.note')}</p>
      <div className="bar">
        <SearchField value={wanted.words} onChange={(words) => setWanted({ ...wanted, words })}>
          <Label>{t('leads.filter')}</Label>
          <Input data-search />
        </SearchField>
        <Choice label={t('leads.sort')} value={wanted.order} onChange={(order) => setWanted({ ...wanted, order })}
          choices={ORDERS.map((order) => [order, t(`order.${order}`)] as const)} />
        <Choice label={t('leads.decided')} value={wanted.decided} onChange={(decided) => setWanted({ ...wanted, decided })}
          choices={DECIDED.map((one) => [one, t(`decided.${one}`)] as const)} />
        <Checkbox isSelected={wanted.withSigns} onChange={(withSigns) => setWanted({ ...wanted, withSigns })}>
          <span className="box" aria-hidden="true" />{t('leads.with_signs')}
        </Checkbox>
      </div>
      <Loading query={networks}>
        {({ networks: lines }) => lines.length === 0 ? <p className="empty">{t('leads.none')}</p> : <List leads={chosen(leads, asked)} />}
      </Loading>
    </>
  );
}
