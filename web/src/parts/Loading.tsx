import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Failure } from '../api/client';
import { PurposeForm } from './PurposeForm';

/** What went wrong, in words, with the code that a report of it needs. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation();
  const failure = error instanceof Failure ? error : null;
  if (failure?.code === 'casework.purpose_needed') return <PurposeForm onDone={again} />;
  const isSilent = failure?.status === 0;
  return (
    <div className="trouble" role="alert">
      <p>{isSilent ? t('trouble.silent') : (failure?.message ?? String(error))}</p>
      {failure?.detail ? <p className="quiet-text">{failure.detail}</p> : null}
      {failure?.code ? <p className="quiet-text"><code>{failure.code}</code></p> : null}
      {again ? <Button onPress={again}>{t('trouble.again')}</Button> : null}
    </div>
  );
}

/** The answer once it is there; until then that it is awaited, or why it will not come. */
export function Loading<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Trouble error={query.error} again={() => void query.refetch()} />;
  return <p className="quiet-text" role="status">{t('loading')}</p>;
}
