import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityPair } from '../api/client';
import { useIdentities, useWho } from '../api/queries';
import { useJudge } from '../api/writing';
import { Choice } from '../parts/Choice';
import { Cite } from '../parts/Cite';
import { Field, FormDialog } from '../parts/FormDialog';
import { useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';
import { useList } from '../parts/useList';

const VERDICTS = ['same', 'not_same', 'unsure'] as const;
type Verdict = (typeof VERDICTS)[number] | 'taken_back';
type End = IdentityPair['a'];
type Reason = IdentityPair['reasons'][number];

function Judge({ pair }: { pair: IdentityPair }) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict>('unsure');
  const [reason, setReason] = useState('');
  const judge = useJudge();
  const verdicts: readonly Verdict[] = pair.judgement ? [...VERDICTS, 'taken_back'] : VERDICTS;
  const submit = async () => {
    try {
      await judge.mutateAsync({ a: pair.a.reference, b: pair.b.reference, verdict, reason });
      return true;
    } catch {
      return false;
    }
  };
  return (
    <FormDialog title={t('identities.judge')} note={t('identities.judge_note')} button={t('identities.judge')} go={t('identities.judge')} mark="d"
      error={judge.error} busy={judge.isPending} onSubmit={submit}>
      <Choice label={t('identities.verdict')} value={verdict} onChange={setVerdict} choices={verdicts.map((one) => [one, t(`verdict.${one}`)] as const)} />
      <Field label={t('form.reason')} value={reason} onChange={setReason} lines={3} isRequired />
    </FormDialog>
  );
}

function EndCard({ end }: { end: End }) {
  const { t } = useTranslation();
  return (
    <div className="end">
      <h3><bdi>{end.name || end.reference}</bdi> <code>{end.reference}</code></h3>
      <dl className="cite">
        {end.stated.map((one) => <div key={one.column + one.value}><dt>{one.column}</dt><dd><bdi>{one.value}</bdi></dd></div>)}
      </dl>
      <details><summary>{t('cite.source')}: {end.citation.source}</summary><Cite citation={end.citation} /></details>
    </div>
  );
}

function Reasons({ title, tone, reasons, more }: { title: string; tone: string; reasons: readonly Reason[]; more?: [string, number] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = reasons.map((one) => [`${t(`part.${one.part}`)}: ${t(`agreement.${one.agreement}`)}`, one.weight_bits] as const);
  const all = more ? [...lines, more] : lines;
  return (
    <div className={`side ${tone}`}>
      <h4>{title}</h4>
      {all.length === 0 ? <p className="quiet-text">{t('side.none')}</p> : (
        <ul>{all.map(([words, bits]) => <li key={words}>{words} <span className="quiet-text">{t('identities.bits', { bits: format.number(bits) })}</span></li>)}</ul>
      )}
    </div>
  );
}

function Pair({ pair }: { pair: IdentityPair }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useWho().data?.acts.includes('judge') ?? false;
  const { judgement } = pair;
  const relatives = pair.relatives_bits === 0 ? undefined : ([t('identities.relatives'), pair.relatives_bits] as [string, number]);
  return (
    <li className="card pair" aria-label={`${pair.a.reference}, ${pair.b.reference}`} data-item tabIndex={0}>
      <div className="sides two"><EndCard end={pair.a} /><EndCard end={pair.b} /></div>
      <div className="sides two">
        <Reasons title={t('identities.for')} tone="for" reasons={pair.reasons.filter((one) => one.weight_bits > 0)} />
        <Reasons title={t('identities.against')} tone="against" reasons={pair.reasons.filter((one) => one.weight_bits <= 0)} more={relatives} />
      </div>
      <p className="quiet-text">{t('identities.sum', { bits: format.number(pair.weight_bits), needed: format.number(pair.needed_bits) })}</p>
      <div className="decided">
        {judgement ? (
          <p>
            <strong>{t(`verdict.${judgement.verdict}`)}</strong>{': '}<bdi>{judgement.reason}</bdi>
            {judgement.waits ? <em> {t('identities.waits')}</em> : null}
            {judgement.contradicted ? <em> {t('identities.contradicted')}</em> : null}
            <span className="quiet-text"> {t('identities.by', { who: judgement.by, day: format.day(judgement.at) })}</span>
          </p>
        ) : null}
        {may ? <Judge key={judgement ? `${judgement.at}${judgement.verdict}` : 'none'} pair={pair} /> : null}
      </div>
    </li>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: readonly IdentityPair[] }) {
  if (pairs.length === 0) return null;
  return (
    <section>
      <h2>{title} <span className="count">{pairs.length}</span></h2>
      <ul className="cards">{pairs.map((pair) => <Pair key={`${pair.a.reference} ${pair.b.reference}`} pair={pair} />)}</ul>
    </section>
  );
}

/** Persons and companies that may be the same: proposed by the machine, judged by a person. */
export function Identities() {
  const { t } = useTranslation();
  const query = useIdentities();
  useList();
  return (
    <>
      <h1>{t('identities.title')}</h1>
      <p className="lead">{t('identities.note')}</p>
      <Loading query={query}>
        {({ identities }) => identities.length === 0 ? <p className="empty">{t('identities.none')}</p> : (
          <>
            <Pairs title={t('identities.open')} pairs={identities.filter((pair) => !pair.judgement)} />
            <Pairs title={t('identities.judged')} pairs={identities.filter((pair) => pair.judgement)} />
          </>
        )}
      </Loading>
    </>
  );
}
