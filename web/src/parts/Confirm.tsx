import { useTranslation } from 'react-i18next';
import { FormDialog } from './FormDialog';

/** A button whose act is asked back once, saying what comes of it. */
export function Confirm({ title, note, button, error, busy, act }: { title: string; note: string; button: string; error: unknown; busy: boolean; act: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const submit = () => act().then(() => true, () => false);
  return <FormDialog title={title} note={note} button={button} go={button} error={error} busy={busy} onSubmit={submit}><p className="visually-hidden">{t('form.sure')}</p></FormDialog>;
}
