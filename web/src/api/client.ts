// The server's answers, as server/openapi.json describes them (schema.d.ts is made from it).
import type { Purpose } from './purpose';
import { keptPurpose, purposeHeaders } from './purpose';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Citation = Schemas['Citation'];
export type NetworkLine = Schemas['NetworkLine'];
export type Network = Schemas['Network'];
export type Member = Schemas['Member'];
export type Link = Schemas['Link'];
export type Sign = Schemas['Sign'];
export type ShownSign = Schemas['ShownSign'];
export type TextCluster = Schemas['TextCluster'];
export type Why = Schemas['Why'];
export type SearchAnswer = Schemas['Search'];
export type UrgentAnswer = Schemas['Urgent'];
export type RecordPage = Schemas['Record'];
export type Chart = Schemas['Chart'];
export type WhatIf = Schemas['WhatIf'];
export type NetworkMap = Schemas['Map'];
export type Money = Schemas['Money'];
export type SavedChart = Schemas['SavedCharts']['charts'][number];
export type Exported = Schemas['Export'];
export type LeadFacts = Schemas['Leads']['leads'][number];
export type Decided = NonNullable<LeadFacts['decided']>;
export type IdentityPair = Schemas['IdentityPair'];
export type CaseLine = Schemas['CaseLine'];
export type Case = Schemas['Case'];
export type CaseEntry = Case['entries'][number];
export type CaseEvent = Schemas['CaseEvent'];
export type Who = Schemas['Who'];
export type User = Schemas['Users']['users'][number];
export type OpenSession = Schemas['Sessions']['sessions'][number];
export type ReceivedFile = Schemas['Imports']['files'][number];

/** What went wrong, in the server's words; `code` "" when no answer came at all. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
    readonly detail: string,
  ) {
    super(sentence);
  }
}

async function failure(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => null)) as Schemas['Error'] | null;
  const error = body?.error;
  return new Failure(response.status, error?.code ?? `http.${response.status}`, error?.sentence ?? response.statusText, error?.detail ?? '');
}

async function ask(path: string, { headers, ...init }: RequestInit & { headers: Record<string, string> }, purpose: Purpose | null = keptPurpose()): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', headers: { ...headers, ...purposeHeaders(purpose) }, ...init });
  } catch {
    throw new Failure(0, '', '', '');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

export async function get<T>(path: string): Promise<T> {
  return (await ask(path, { headers: { accept: 'application/json' } })).json() as Promise<T>;
}

/** What persons have (a phone, a name) goes into a body, never into an address. */
function send(path: string, body: unknown, purpose: Purpose | null = keptPurpose()): Promise<Response> {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, purpose);
}

/**
 * @param purpose  why this is asked, where it is not what was said before.
 * @return nothing where the server has nothing to say.
 */
export async function post<T>(path: string, body: unknown, purpose?: Purpose): Promise<T> {
  const response = await send(path, body, purpose ?? keptPurpose());
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function remove(path: string): Promise<void> {
  await ask(path, { method: 'DELETE', headers: {} });
}

/** Begins a session. @error Failure 401 where name and password do not fit. */
export async function signIn(user: string, password: string): Promise<void> {
  await send('/api/session', { user, password });
}
