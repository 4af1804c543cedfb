import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, CheckboxGroup, Input, Label, TextField } from 'react-aria-components';
import type { User } from '../api/client';
import { useCompartments, useUsers, useWho } from '../api/queries';
import { useAddCompartment, useAddUser, useEndUser, useGrant, useRevoke, useSetPassword, useSetRoles } from '../api/writing';
import { Confirm } from '../parts/Confirm';
import { Field, FormDialog } from '../parts/FormDialog';
import { Loading } from '../parts/Loading';

// As data/roles.toml; the server refuses pairs that one person must not have.
const ROLES = ['analyst', 'investigator', 'social_inspector', 'case_officer', 'liaison', 'statistician', 'supervisor', 'administrator', 'auditor', 'data_protection_officer'] as const;

function Roles({ value, onChange }: { value: string[]; onChange: (roles: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <CheckboxGroup value={value} onChange={onChange} className="roles">
      <Label>{t('users.roles')}</Label>
      {ROLES.map((role) => <Checkbox key={role} value={role}><span className="box" aria-hidden="true" />{t(`role.${role}`)}</Checkbox>)}
    </CheckboxGroup>
  );
}

function AddUser() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const add = useAddUser();
  const submit = () => add.mutateAsync({ name: name.trim(), roles }).then(() => true, () => false);
  return (
    <FormDialog title={t('users.add')} note={t('users.add_note')} button={t('users.add')} go={t('users.add')} error={add.error} busy={add.isPending} onSubmit={submit}>
      <Field label={t('sign_in.name')} value={name} onChange={setName} isRequired autoFocus />
      <Roles value={roles} onChange={setRoles} />
    </FormDialog>
  );
}

function ChangeRoles({ user }: { user: User }) {
  const { t } = useTranslation();
  const [roles, setRoles] = useState(user.roles);
  const change = useSetRoles();
  const submit = () => change.mutateAsync({ name: user.name, roles }).then(() => true, () => false);
  return (
    <FormDialog title={`${t('users.roles_of')} ${user.name}`} button={t('users.roles_of')} go={t('form.write')} error={change.error} busy={change.isPending} onSubmit={submit}>
      <Roles value={roles} onChange={setRoles} />
    </FormDialog>
  );
}

function Password({ user }: { user: User }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const set = useSetPassword();
  const submit = async () => {
    try {
      await set.mutateAsync({ name: user.name, password });
      setPassword('');
      return true;
    } catch {
      return false;
    }
  };
  return (
    <FormDialog title={`${t('users.password_of')} ${user.name}`} note={t('users.password_note')} button={t('users.password_of')} go={t('form.write')} error={set.error} busy={set.isPending} onSubmit={submit}>
      <TextField value={password} onChange={setPassword} type="password" isRequired autoFocus><Label>{t('sign_in.password')}</Label><Input autoComplete="new-password" /></TextField>
    </FormDialog>
  );
}

function Row({ user }: { user: User }) {
  const { t } = useTranslation();
  const end = useEndUser();
  return (
    <tr data-ended={user.ended || undefined}>
      <th scope="row"><bdi>{user.name}</bdi></th>
      <td>{user.owner ? t('users.owner') : user.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(', ')}</td>
      <td>{t(user.has_password ? 'users.has_password' : 'users.no_password')}</td>
      <td>
        {user.ended ? t('users.ended') : (
          <span className="write">
            {user.owner ? null : <ChangeRoles key={user.roles.join()} user={user} />}
            <Password user={user} />
            {user.owner ? null : <Confirm title={`${t('users.end')}: ${user.name}`} note={t('users.end_note')} button={t('users.end')} error={end.error} busy={end.isPending} act={() => end.mutateAsync({ name: user.name })} />}
          </span>
        )}
      </td>
    </tr>
  );
}

function Accounts() {
  const { t } = useTranslation();
  const query = useUsers();
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{t('users.accounts')} <AddUser /></h2>
      <Loading query={query}>
        {({ users }) => (
          <table className="full">
            <thead><tr><th scope="col">{t('sign_in.name')}</th><th scope="col">{t('users.roles')}</th><th scope="col">{t('sign_in.password')}</th><th scope="col">{t('users.change')}</th></tr></thead>
            <tbody>{users.map((user) => <Row key={user.name} user={user} />)}</tbody>
          </table>
        )}
      </Loading>
    </section>
  );
}

/** Two fields and a day: who gets access, to what, until when; or from whom it is taken. */
function Access({ takes }: { takes: boolean }) {
  const { t } = useTranslation();
  const [user, setUser] = useState('');
  const [compartment, setCompartment] = useState('');
  const [until, setUntil] = useState('');
  const grant = useGrant();
  const revoke = useRevoke();
  const word = t(takes ? 'users.revoke' : 'users.grant');
  const submit = () => {
    const names = { user: user.trim(), compartment: compartment.trim() };
    const sent = takes ? revoke.mutateAsync(names) : grant.mutateAsync({ ...names, ...(until ? { until } : {}) });
    return sent.then(() => true, () => false);
  };
  return (
    <FormDialog title={word} button={word} go={word} error={grant.error ?? revoke.error} busy={grant.isPending || revoke.isPending} onSubmit={submit}>
      <Field label={t('sign_in.name')} value={user} onChange={setUser} isRequired autoFocus />
      <Field label={t('users.compartment')} value={compartment} onChange={setCompartment} isRequired />
      {takes ? null : <Field label={t('users.until')} value={until} onChange={setUntil} type="date" />}
    </FormDialog>
  );
}

function Compartments() {
  const { t } = useTranslation();
  const query = useCompartments();
  const [name, setName] = useState('');
  const add = useAddCompartment();
  const submit = () => add.mutateAsync({ name: name.trim() }).then(() => true, () => false);
  return (
    <section aria-labelledby="compartments">
      <h2 id="compartments">{t('users.compartments')}</h2>
      <p className="quiet-text">{t('users.compartments_note')}</p>
      <p className="write">
        <FormDialog title={t('users.add_compartment')} button={t('users.add_compartment')} go={t('users.add_compartment')} error={add.error} busy={add.isPending} onSubmit={submit}>
          <Field label={t('users.compartment')} value={name} onChange={setName} isRequired autoFocus />
        </FormDialog>
        <Access takes={false} />
        <Access takes />
      </p>
      <Loading query={query}>{({ compartments }) => <ul>{compartments.map((one) => <li key={one}><bdi>{one}</bdi></li>)}</ul>}</Loading>
    </section>
  );
}

/** Who may come in and what they see. Two offices: accounts are an administrator's, access a supervisor's. */
export function Users() {
  const { t } = useTranslation();
  const who = useWho();
  return (
    <>
      <h1>{t('users.title')}</h1>
      <p className="lead">{t('users.note')}</p>
      <Loading query={who}>
        {({ acts }) => (
          <>
            {acts.includes('accounts') ? <Accounts /> : null}
            {acts.includes('grant') ? <Compartments /> : null}
          </>
        )}
      </Loading>
    </>
  );
}
