import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { Citation, Why } from '../api/client';
import { post } from '../api/client';
import { useRecord } from '../api/queries';
import { useNavigation } from '../app/navigation';
import type { WhyEnds } from '../app/places';
import { Cite } from '../parts/Cite';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import { piecesByWords } from '../parts/highlight';
import { Loading, Trouble } from '../parts/Loading';
import { Folded, Raw } from '../parts/Raw';
import { useList } from '../parts/useList';

type Step = Why['steps'][number];

/** The words of both ends where they stand: each in the column it was found in. */
function RawWords({ from, to }: { from: Citation; to: Citation }) {
  const { t } = useTranslation();
  const record = useRecord(from.record);
  const words = [from.raw ?? '', to.raw ?? ''];
  return (
    <Loading query={record}>
      {({ fields }) => {
        const columns = new Set([from.column, to.column]);
        const meant = fields.filter((field) => columns.has(field.column));
        return (
          <dl className="fields">
            {meant.map((field) => (
              <div key={field.column}>
                <dt><bdi>{field.column}</bdi></dt>
                <dd className="words">{field.value.length > LONGEST_NAME ? <Folded pieces={piecesByWords(field.value, words)} label={field.column} /> : <Raw pieces={piecesByWords(field.value, words)} />}</dd>
              </div>
            ))}
            {meant.length === 0 ? <div><dt>{t('why.words')}</dt><dd><Raw pieces={words.map((text, mark) => ({ text: `${text} `, mark }))} /></dd></div> : null}
          </dl>
        );
      }}
    </Loading>
  );
}

function StepRecord({ record, isFirst }: { record: Step['records'][number]; isFirst: boolean }) {
  const { t } = useTranslation();
  const { from, to } = record;
  const [open, setOpen] = useState(isFirst);
  return (
    <li className="why-record">
      <p>
        <Raw pieces={[{ text: short(from.raw ?? '', LONGEST_NAME), mark: 0 }]} /> · <Raw pieces={[{ text: short(to.raw ?? '', LONGEST_NAME), mark: 1 }]} />
      </p>
      <Button className="quiet" data-item aria-expanded={open} onPress={() => setOpen(!open)}>{t(open ? 'why.close' : 'why.open')} <code>{from.record.slice(0, 8)}</code></Button>
      {open ? <><Cite citation={from} /><RawWords from={from} to={to} /></> : null}
      {open && to.record !== from.record ? <><Cite citation={to} /><RawWords from={to} to={from} /></> : null}
    </li>
  );
}

function StepCard({ step, n }: { step: Step; n: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = ({ kind, canonical }: Step['from']) => <span className="end"><span className="kind">{t(`kind.${kind}`, { defaultValue: kind })}</span> <bdi>{short(canonical, LONGEST_NAME)}</bdi></span>;
  return (
    <li className="card">
      <h2>{format.number(n)}. {end(step.from)} <span className={`tie ${step.link}`}>{t(`link.${step.link}`)}</span> {end(step.to)}</h2>
      <p className="quiet-text">
        {t('n.bits', { count: Math.round(step.weight_bits * 10) / 10 })} · {t('n.records', { count: step.n_records })} · {t('statement.inference')}
      </p>
      <ol className="plain">{step.records.map((record, i) => <StepRecord key={record.from.record} record={record} isFirst={i === 0} />)}</ol>
      {step.n_records > step.records.length ? <p className="quiet-text">{t('why.more_records', { count: step.n_records - step.records.length })}</p> : null}
    </li>
  );
}

function Ask({ ends, onAsk }: { ends: WhyEnds | null; onAsk: (ends: WhyEnds) => void }) {
  const { t } = useTranslation();
  const [a, setA] = useState(ends?.network ? '' : (ends?.a ?? ''));
  const [b, setB] = useState(ends?.network ? '' : (ends?.b ?? ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (a.trim() && b.trim()) onAsk({ a, b });
  };
  return (
    <form className="bar" onSubmit={submit}>
      <TextField value={a} onChange={setA}><Label>{t('why.from')}</Label><Input data-search dir="auto" /></TextField>
      <TextField value={b} onChange={setB}><Label>{t('why.to')}</Label><Input dir="auto" /></TextField>
      <Button type="submit" className="primary">{t('why.ask')}</Button>
    </form>
  );
}

export function WhyScreen() {
  const { t } = useTranslation();
  const { ends, go } = useNavigation();
  const { mutate, data, error, isPending } = useMutation({ mutationFn: (asked: WhyEnds) => post<Why>('/api/why', asked) });
  useEffect(() => {
    if (ends) mutate(ends);
  }, [ends, mutate]);
  useList();
  return (
    <>
      <h1>{t('why.title')}</h1>
      <p className="lead">{t('why.note')}</p>
      <Ask key={`${ends?.a} ${ends?.b}`} ends={ends} onAsk={(asked) => go({ screen: 'why' }, asked)} />
      <div aria-live="polite">
        {isPending ? <p className="quiet-text">{t('loading')}</p> : null}
        {error ? <Trouble error={error} again={ends ? () => mutate(ends) : undefined} /> : null}
        {data && !error ? (
          <>
            <p role="status">{t('why.steps', { count: data.steps.length })}</p>
            <ol className="cards">{data.steps.map((step, i) => <StepCard key={i} step={step} n={i + 1} />)}</ol>
          </>
        ) : null}
      </div>
    </>
  );
}
