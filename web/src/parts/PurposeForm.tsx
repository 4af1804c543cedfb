import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { keepPurpose, PURPOSES } from '../api/purpose';
import { Choice } from './Choice';

/** Asked before a person's data are opened, where users sign in. */
export function PurposeForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [purpose, setPurpose] = useState<string>(PURPOSES[0]);
  const [caseReference, setCase] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepPurpose({ purpose, caseReference: caseReference.trim() });
    onDone?.();
    void client.invalidateQueries();
  };
  return (
    <form className="card" onSubmit={submit} aria-labelledby="purpose-title">
      <h2 id="purpose-title">{t('purpose.title')}</h2>
      <p className="quiet-text">{t('purpose.note')}</p>
      <div className="bar">
        <Choice label={t('purpose.purpose')} value={purpose} onChange={setPurpose} choices={PURPOSES.map((one) => [one as string, t(`purpose.${one}`)] as const)} />
        <TextField value={caseReference} onChange={setCase}><Label>{t('purpose.case')}</Label><Input dir="auto" autoComplete="off" /></TextField>
        <Button type="submit" className="primary">{t('purpose.go')}</Button>
      </div>
    </form>
  );
}
