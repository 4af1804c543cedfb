import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { signIn } from '../api/client';
import { Trouble } from '../parts/Loading';

/** Shown where the server answers 401; a server that asks for no sign-in never does. */
export function SignIn() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await signIn(name, password);
      location.reload();
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <main className="sign-in">
      <h1>Ovillo</h1>
      <form onSubmit={(event) => void submit(event)} className="card">
        <h2>{t('sign_in.title')}</h2>
        <TextField value={name} onChange={setName} isRequired autoFocus><Label>{t('sign_in.name')}</Label><Input autoComplete="username" /></TextField>
        <TextField value={password} onChange={setPassword} isRequired type="password"><Label>{t('sign_in.password')}</Label><Input autoComplete="current-password" /></TextField>
        <Button type="submit" className="primary">{t('sign_in.go')}</Button>
        {error ? <Trouble error={error} /> : null}
      </form>
    </main>
  );
}
