import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, DialogTrigger, Heading, Input, Label, Modal, ModalOverlay, TextArea, TextField } from 'react-aria-components';
import { Trouble } from './Loading';

/**
 * A button that opens a form over the page. `onSubmit` says whether it was written: then the form
 * closes, else `error` is shown in it and what was typed stays.
 */
export function FormDialog({ title, note, button, go, error, busy, onSubmit, children, mark }: {
  title: string;
  note?: string;
  button: string;
  go: string;
  error: unknown;
  busy: boolean;
  onSubmit: () => Promise<boolean>;
  children: ReactNode;
  /** Single key that opens it where it stands in what has the focus (useList.ts). */
  mark?: string;
}) {
  const { t } = useTranslation();
  const submit = async (event: FormEvent, close: () => void) => {
    event.preventDefault();
    if (await onSubmit()) close();
  };
  return (
    <DialogTrigger>
      <Button className="quiet" data-key={mark} aria-keyshortcuts={mark}>{button}</Button>
      <ModalOverlay className="over" isDismissable={false}>
        <Modal className="modal">
          <Dialog>
            {({ close }) => (
              <form onSubmit={(event) => void submit(event, close)}>
                <Heading slot="title">{title}</Heading>
                {note ? <p className="quiet-text">{note}</p> : null}
                {children}
                {error ? <Trouble error={error} /> : null}
                <div className="bar-end">
                  <Button onPress={close}>{t('form.cancel')}</Button>
                  <Button type="submit" className="primary" isDisabled={busy}>{go}</Button>
                </div>
              </form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

/** One field of such a form; `lines` makes it one to write sentences in. */
export function Field({ label, value, onChange, lines, type, isRequired, autoFocus }: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  lines?: number;
  type?: 'date';
  isRequired?: boolean;
  autoFocus?: boolean;
}) {
  return (
    <TextField value={value} onChange={onChange} isRequired={isRequired} autoFocus={autoFocus} type={type}>
      <Label>{label}</Label>
      {lines ? <TextArea rows={lines} dir="auto" /> : <Input dir="auto" autoComplete="off" />}
    </TextField>
  );
}
