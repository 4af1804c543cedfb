import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('is made from server/openapi.json as it is now (npm run types)', async () => {
  const description = new URL('../../../server/openapi.json', import.meta.url);
  const made = astToString(await openapiTS(description));
  const kept = readFileSync(join(import.meta.dirname, 'schema.d.ts'), 'utf8');
  expect(kept).toContain(made.trim());
});

it('is asked of no registry by name: the lock holds no host', () => {
  expect(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
});
