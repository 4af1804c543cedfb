// What persons decide and write down. Each is an entry with who, when and why; nothing is overwritten.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Case, CaseEvent } from './client';
import { post } from './client';
import type { operations } from './schema';

type BodyOf<Name extends keyof operations> = operations[Name] extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : never;

export type Entry = BodyOf<'writeCase'>;
export type Decision = BodyOf<'decide'>;
export type NewCase = BodyOf<'openCase'>;

/** Sends `body`, then asks anew for what is shown of cases and leads. */
function useWriting<Body, Answer>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => post<Answer>(path, body),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['cases'] }), client.invalidateQueries({ queryKey: ['leads'] })]),
  });
}

export const useDecide = () => useWriting<Decision, CaseEvent>('/api/decisions');
export const useWithdrawDecision = () => useWriting<BodyOf<'withdrawDecision'>, CaseEvent>('/api/decisions/withdraw');
export const useOpenCase = () => useWriting<NewCase, Case>('/api/cases');
export const useWriteCase = () => useWriting<Entry, CaseEvent>('/api/cases/entries');
