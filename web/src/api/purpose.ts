// Why a person's data are opened, and for which case: goes along with every question and into the
// audit log. Kept until the tab is closed.

// The closed list of data/purposes.toml that a person at this page may have.
export const PURPOSES = ['investigation', 'prosecution', 'defence', 'protection', 'labour_inspection', 'financial_tracing', 'mutual_assistance', 'data_subject_request', 'audit'] as const;

export interface Purpose {
  purpose: string;
  caseReference: string;
}

export function keptPurpose(): Purpose | null {
  try {
    return JSON.parse(sessionStorage.getItem('purpose') ?? 'null') as Purpose | null;
  } catch {
    return null;
  }
}

export const keepPurpose = (purpose: Purpose) => sessionStorage.setItem('purpose', JSON.stringify(purpose));

export function purposeHeaders(kept: Purpose | null): Record<string, string> {
  if (!kept) return {};
  return { 'ovillo-purpose': kept.purpose, ...(kept.caseReference ? { 'ovillo-case': kept.caseReference } : {}) };
}
