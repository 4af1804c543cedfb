// What persons decide and write down. Each is an entry with who, when and why; nothing is overwritten.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Case, CaseEvent } from './client';
import { post } from './client';
import type { operations } from './schema';

type BodyOf<Name extends keyof operations> = operations[Name] extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : never;

export type Entry = BodyOf<'writeCase'>;
export type Decision = BodyOf<'decide'>;
export type NewCase = BodyOf<'openCase'>;

/** Sends `body`, then asks anew for what it changes. */
function useWriting<Body, Answer>(path: string, changes: readonly string[] = ['cases', 'leads']) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => post<Answer>(path, body),
    onSuccess: () => Promise.all(changes.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export const useDecide = () => useWriting<Decision, CaseEvent>('/api/decisions');
export const useWithdrawDecision = () => useWriting<BodyOf<'withdrawDecision'>, CaseEvent>('/api/decisions/withdraw');
export const useJudge = () => useWriting<BodyOf<'judge'>, { record: string }>('/api/judgements', ['identities']);
export const useOpenCase = () => useWriting<NewCase, Case>('/api/cases');
export const useWriteCase = () => useWriting<Entry, CaseEvent>('/api/cases/entries');

export const useAddUser = () => useWriting<BodyOf<'addUser'>, unknown>('/api/users', ['users']);
export const useSetRoles = () => useWriting<BodyOf<'setRoles'>, unknown>('/api/users/roles', ['users', 'who']);
export const useSetPassword = () => useWriting<BodyOf<'setPassword'>, unknown>('/api/users/password', ['users']);
export const useEndUser = () => useWriting<BodyOf<'endUser'>, unknown>('/api/users/end', ['users']);
export const useAddCompartment = () => useWriting<BodyOf<'addCompartment'>, unknown>('/api/compartments', ['compartments']);
export const useGrant = () => useWriting<BodyOf<'grant'>, unknown>('/api/grants', []);
export const useRevoke = () => useWriting<BodyOf<'revoke'>, unknown>('/api/grants/end', []);
export const useOwnPassword = () => useWriting<BodyOf<'changePassword'>, void>('/api/password', ['sessions']);
export const useKeepChart = () => useWriting<BodyOf<'keepChart'>, unknown>('/api/saved-charts', ['saved-charts']);
export const useDropChart = () => useWriting<BodyOf<'dropChart'>, unknown>('/api/saved-charts/drop', ['saved-charts']);
