import { QueryClient, useQuery } from '@tanstack/react-query';
import type { Case, CaseLine, Chart, IdentityPair, LeadFacts, Money, Network, NetworkLine, NetworkMap, OpenSession, ReceivedFile, RecordPage, SavedChart, UrgentAnswer, User, WhatIf, Who } from './client';
import { Failure, get } from './client';

// An answer that says no is not asked again; a server that is silent is, three times.
const isWorthAskingAgain = (n: number, error: Error) => error instanceof Failure && error.status === 0 && n < 3;

export const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: isWorthAskingAgain, staleTime: 30_000, refetchOnWindowFocus: false } },
  });

const enc = encodeURIComponent;

export const useNetworks = () =>
  useQuery({ queryKey: ['networks'], queryFn: () => get<{ model: string; networks: NetworkLine[] }>('/api/networks') });
export const useLeadFacts = () =>
  useQuery({ queryKey: ['leads'], queryFn: () => get<{ leads: LeadFacts[] }>('/api/leads') });
export const useNetwork = (id: string) =>
  useQuery({ queryKey: ['network', id], queryFn: () => get<Network>(`/api/networks/${enc(id)}`) });
export const useChart = (id: string) =>
  useQuery({ queryKey: ['chart', id], queryFn: () => get<Chart>(`/api/charts/${enc(id)}`) });
export const useWhatIf = (id: string) =>
  useQuery({ queryKey: ['cases', 'what-if', id], queryFn: () => get<WhatIf>(`/api/what-if/${enc(id)}`) });
export const useMap = (id: string) =>
  useQuery({ queryKey: ['map', id], queryFn: () => get<NetworkMap>(`/api/maps/${enc(id)}`) });
export const useMoney = (id: string) =>
  useQuery({ queryKey: ['money', id], queryFn: () => get<Money>(`/api/money/${enc(id)}`) });
export const useSavedCharts = (id: string) =>
  useQuery({ queryKey: ['saved-charts', id], queryFn: () => get<{ charts: SavedChart[] }>(`/api/saved-charts/${enc(id)}`) });
export const useRecord = (id: string) =>
  useQuery({ queryKey: ['record', id], queryFn: () => get<RecordPage>(`/api/records/${enc(id)}`) });
export const useUrgent = (enabled = true) => useQuery({ queryKey: ['urgent'], queryFn: () => get<UrgentAnswer>('/api/urgent'), enabled });
export const useReceived = () =>
  useQuery({ queryKey: ['imports'], queryFn: () => get<{ files: ReceivedFile[] }>('/api/imports') });
export const useWho = () => useQuery({ queryKey: ['who'], queryFn: () => get<Who>('/api/session') });
export const useSessions = () => useQuery({ queryKey: ['sessions'], queryFn: () => get<{ sessions: OpenSession[] }>('/api/sessions') });
export const useUsers = () => useQuery({ queryKey: ['users'], queryFn: () => get<{ users: User[] }>('/api/users') });
export const useCompartments = () => useQuery({ queryKey: ['compartments'], queryFn: () => get<{ compartments: string[] }>('/api/compartments') });
export const useIdentities = () =>
  useQuery({ queryKey: ['identities'], queryFn: () => get<{ identities: IdentityPair[] }>('/api/identities') });
export const useCases = () => useQuery({ queryKey: ['cases'], queryFn: () => get<{ cases: CaseLine[] }>('/api/cases') });
export const useCase = (id: string) => useQuery({ queryKey: ['cases', id], queryFn: () => get<Case>(`/api/cases/${enc(id)}`) });
export const useHealth = () =>
  useQuery({ queryKey: ['health'], queryFn: () => get<{ status: string; version: string }>('/api/health') });
