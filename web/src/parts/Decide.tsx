import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from 'react-aria-components';
import type { Decided } from '../api/client';
import { useWho } from '../api/queries';
import { useDecide, useOpenCase, useWithdrawDecision } from '../api/writing';
import { Choice } from './Choice';
import { Field, FormDialog } from './FormDialog';
import { shortId, useFormat } from './format';

// As casework::Disposition; none of them says that somebody is guilty.
export const DISPOSITIONS = ['look_further', 'open_case', 'put_aside', 'co_working', 'accredited_employer', 'no_sign', 'duplicate', 'referred'] as const;
type Disposition = (typeof DISPOSITIONS)[number];

/** Whether a decision stands now: what was put aside until a day that has come waits again. */
export const stands = (decided: Decided | null | undefined, now: number): decided is Decided =>
  !!decided && !(decided.until && new Date(decided.until).getTime() <= now);

function DecideForm({ network }: { network: string }) {
  const { t } = useTranslation();
  const [disposition, setDisposition] = useState<Disposition>('look_further');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [of, setOf] = useState('');
  const [opens, setOpens] = useState(true);
  const [reference, setReference] = useState('');
  const [title, setTitle] = useState('');
  const decide = useDecide();
  const open = useOpenCase();
  const withCase = disposition === 'open_case' && opens;
  const submit = async () => {
    try {
      // The case first: a decision to open one that could not be opened would say what is not so.
      if (withCase && !open.isSuccess) await open.mutateAsync({ reference: reference.trim(), title: title.trim(), network, reason });
      await decide.mutateAsync({ network, disposition, reason, ...(until ? { until } : {}), ...(of ? { of: of.trim() } : {}) });
      return true;
    } catch {
      return false;
    }
  };
  const needsOf = disposition === 'duplicate' || disposition === 'referred';
  return (
    <FormDialog title={`${t('decide.title')} ${shortId(network)}`} note={t('decide.note')} button={t('decide.open')} go={t('decide.go')} mark="d"
      error={open.error ?? decide.error} busy={open.isPending || decide.isPending} onSubmit={submit}>
      <Choice label={t('decide.what')} value={disposition} onChange={setDisposition} choices={DISPOSITIONS.map((one) => [one, t(`disposition.${one}`)] as const)} />
      {disposition === 'open_case' ? (
        <Checkbox isSelected={opens} onChange={setOpens}><span className="box" aria-hidden="true" />{t('decide.opens')}</Checkbox>
      ) : null}
      {withCase ? (
        <>
          <Field label={t('case.reference')} value={reference} onChange={setReference} isRequired />
          <Field label={t('case.called')} value={title} onChange={setTitle} isRequired />
        </>
      ) : null}
      {disposition === 'put_aside' ? <Field label={t('decide.until')} value={until} onChange={setUntil} type="date" isRequired /> : null}
      {needsOf ? <Field label={t(disposition === 'duplicate' ? 'decide.duplicate_of' : 'decide.referred_to')} value={of} onChange={setOf} isRequired /> : null}
      <Field label={t('form.reason')} value={reason} onChange={setReason} lines={3} isRequired />
    </FormDialog>
  );
}

function TakeBack({ decided }: { decided: Decided }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawDecision();
  const submit = async () => {
    try {
      await withdraw.mutateAsync({ decision: decided.id, reason });
      return true;
    } catch {
      return false;
    }
  };
  return (
    <FormDialog title={t('decide.take_back')} note={t('decide.take_back_note')} button={t('decide.take_back')} go={t('decide.take_back')}
      error={withdraw.error} busy={withdraw.isPending} onSubmit={submit}>
      <Field label={t('form.reason')} value={reason} onChange={setReason} lines={3} isRequired autoFocus />
    </FormDialog>
  );
}

/** What a person decided about a network, and deciding anew. */
export function Decide({ network, decided }: { network: string; decided: Decided | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useWho().data?.acts.includes('decide') ?? false;
  return (
    <div className="decided">
      {decided ? (
        <p>
          <strong>{t(`disposition.${decided.disposition}`, { defaultValue: decided.disposition })}</strong>
          {decided.of ? <> <bdi>{decided.of}</bdi></> : null}
          {decided.until ? ` ${t('decide.until_day', { day: format.day(decided.until) })}` : null}
          {': '}<bdi>{decided.reason}</bdi>
          <span className="quiet-text"> {t('decide.by', { who: decided.by, day: format.day(decided.at) })}</span>
        </p>
      ) : null}
      {may ? <DecideForm key={decided?.id ?? 'none'} network={network} /> : null}
      {may && decided ? <TakeBack decided={decided} /> : null}
    </div>
  );
}
