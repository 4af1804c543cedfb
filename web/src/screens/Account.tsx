import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { remove } from '../api/client';
import { useSessions, useWho } from '../api/queries';
import { useOwnPassword } from '../api/writing';
import { useFormat } from '../parts/format';
import { FormDialog } from '../parts/FormDialog';
import { Loading } from '../parts/Loading';

function Secret({ label, value, onChange, complete }: { label: string; value: string; onChange: (value: string) => void; complete: string }) {
  return <TextField value={value} onChange={onChange} type="password" isRequired><Label>{label}</Label><Input autoComplete={complete} /></TextField>;
}

function ChangePassword() {
  const { t } = useTranslation();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useOwnPassword();
  const submit = async () => {
    try {
      await change.mutateAsync({ old, new: fresh });
      setOld('');
      setFresh('');
      return true;
    } catch {
      return false;
    }
  };
  return (
    <FormDialog title={t('account.change')} note={t('account.change_note')} button={t('account.change')} go={t('account.change')} error={change.error} busy={change.isPending} onSubmit={submit}>
      <Secret label={t('account.old')} value={old} onChange={setOld} complete="current-password" />
      <Secret label={t('account.new')} value={fresh} onChange={setFresh} complete="new-password" />
    </FormDialog>
  );
}

/** One's own account: what one may do, where one is signed in, password, signing out. */
export function Account() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const who = useWho();
  const sessions = useSessions();
  const signOut = async () => {
    await remove('/api/session');
    // What one asked and why goes with one: the next at this screen is somebody else.
    sessionStorage.clear();
    location.assign('/');
  };
  const end = async (number: number) => {
    await remove(`/api/sessions/${number}`);
    await client.invalidateQueries({ queryKey: ['sessions'] });
  };
  return (
    <>
      <h1>{t('account.title')}</h1>
      <Loading query={who}>
        {(one) => (
          <>
            <p className="lead">{t('account.signed_in')} <strong><bdi>{one.user}</bdi></strong></p>
            <p className="write"><ChangePassword /><Button className="quiet" onPress={() => void signOut()}>{t('account.sign_out')}</Button></p>
            <section aria-labelledby="acts">
              <h2 id="acts">{t('account.acts')}</h2>
              {one.sees_cases ? null : <p className="quiet-text">{t('account.sees_no_case')}</p>}
              <ul>{one.acts.map((act) => <li key={act}>{t(`may.${act}`, { defaultValue: act })}</li>)}</ul>
            </section>
          </>
        )}
      </Loading>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{t('account.sessions')}</h2>
        <Loading query={sessions}>
          {({ sessions: open }) => (
            <table>
              <thead><tr><th scope="col">{t('account.since')}</th><th scope="col">{t('account.last_used')}</th><th scope="col">{t('account.here')}</th></tr></thead>
              <tbody>
                {open.map((session) => (
                  <tr key={session.number}>
                    <td>{format.time(session.since)}</td><td>{format.time(session.last_used)}</td>
                    <td>{session.this_one ? t('account.current') : <Button className="quiet" onPress={() => void end(session.number)}>{t('account.end')}</Button>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loading>
      </section>
    </>
  );
}
