import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../api/writing';
import { useWriteCase } from '../api/writing';
import { useReceived } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Field, FormDialog } from '../parts/FormDialog';

/** Kinds of entries one writes here, each with what it is asked for. */
const ASKED = {
  note: ['text', 'statement', 'grade'],
  task: ['text', 'who', 'due'],
  hypothesis: ['text'],
  argument: ['speaks', 'text'],
  task_done: ['outcome'],
  category: ['person', 'category', 'said_by', 'since'],
  member_added: ['who_joins'],
  exhibit: ['file', 'text'],
  custody: ['act', 'text', 'reason'],
  hold: ['reason'],
  hold_lifted: ['court', 'reason'],
  handed_over: ['unit', 'reason'],
  closed: ['reason'],
  reopened: ['reason'],
  withdrawn: ['reason'],
} as const;
export type EntryKind = keyof typeof ASKED;
type Name = (typeof ASKED)[EntryKind][number];

// The closed lists of casework::case_event.hpp and record/statement.hpp.
const LISTS = {
  statement: ['claim', 'fact', 'assessment'],
  speaks: ['for', 'against'],
  category: ['presumed_victim', 'witness', 'bystander', 'contact', 'suspect', 'convicted'],
  act: ['received', 'handed_over', 'returned', 'examined', 'verified', 'copied'],
} as const;
const GRADES = ['A', 'B', 'C', 'X'].flatMap((source) => ['1', '2', '3', '4'].map((information) => source + information));

/** Which field of an entry each answer goes into. */
const PLACE: Record<Name, keyof Entry> = {
  text: 'text', outcome: 'text', unit: 'text', statement: 'statement', grade: 'grade', who: 'subject', who_joins: 'subject', person: 'subject', due: 'until', since: 'since',
  speaks: 'value', category: 'value', act: 'value', said_by: 'said_by', court: 'said_by', file: 'rests_on', reason: 'reason',
};
const IS_LONG = new Set<Name>(['text', 'outcome', 'reason']);
const MAY_BE_EMPTY = new Set<Name>(['who', 'due', 'since']);

function OneField({ name, value, onChange, autoFocus }: { name: Name; value: string; onChange: (value: string) => void; autoFocus: boolean }) {
  const { t } = useTranslation();
  const files = useReceived().data?.files ?? [];
  const label = t(`entry.${name}`);
  if (name === 'file') return <Choice label={label} value={value} onChange={onChange} choices={files.map((file) => [file.sha256, file.file] as const)} />;
  if (name === 'grade') return <Choice label={label} value={value || 'X4'} onChange={onChange} choices={GRADES.map((one) => [one, one] as const)} />;
  if (name === 'statement' || name === 'speaks' || name === 'category' || name === 'act')
    return <Choice label={label} value={value || LISTS[name][0]} onChange={onChange} choices={LISTS[name].map((one) => [one as string, t(`${name}.${one}`)] as const)} />;
  return <Field label={label} value={value} onChange={onChange} lines={IS_LONG.has(name) ? 3 : undefined} type={name === 'due' || name === 'since' ? 'date' : undefined} isRequired={!MAY_BE_EMPTY.has(name)} autoFocus={autoFocus} />;
}

function entryOf(reference: string, kind: EntryKind, subject: string | undefined, answers: Partial<Record<Name, string>>): Entry {
  const entry: Record<string, unknown> = { case: reference, kind, ...(subject ? { subject } : {}) };
  for (const name of ASKED[kind]) {
    const fallback = name in LISTS ? LISTS[name as keyof typeof LISTS][0] : '';
    const value = (answers[name] ?? fallback).trim();
    if (value) entry[PLACE[name]] = name === 'file' ? [value] : value;
  }
  return entry as unknown as Entry;
}

/** A button that opens the form of one kind of entry. @param subject  task, hypothesis, exhibit or entry it is about. */
export function WriteEntry({ reference, kind, subject, about }: { reference: string; kind: EntryKind; subject?: string; about?: string }) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<Partial<Record<Name, string>>>({});
  const write = useWriteCase();
  const submit = async () => {
    try {
      await write.mutateAsync(entryOf(reference, kind, subject, answers));
      setAnswers({});
      return true;
    } catch {
      return false;
    }
  };
  const verb = t(`write.${kind}`);
  return (
    <FormDialog title={about ? `${verb}: ${about}` : verb} button={verb} go={t('form.write')} error={write.error} busy={write.isPending} onSubmit={submit}>
      {ASKED[kind].map((name, i) => (
        <OneField key={name} name={name} value={answers[name] ?? ''} onChange={(value) => setAnswers((before) => ({ ...before, [name]: value }))} autoFocus={i === 0} />
      ))}
    </FormDialog>
  );
}
