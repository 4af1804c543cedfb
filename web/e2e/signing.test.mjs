// A server where users sign in: the page asks who one is, and why a person's data are opened.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openCase, openPage } from './harness.mjs';

const PASSWORD = 'four words nobody says of lies';
let kase;
before(async () => {
  kase = await openCase(300, { analyst: ['lies', PASSWORD] });
});
after(() => kase?.close());

test('signs in, and says once why records are opened', async () => {
  // 401 and the question for a purpose are answers, though the browser writes them down as errors.
  const { page, context, faults } = await openPage(kase, '/leads', { expectedFaults: ['401', '400', '403', '409'] });
  await page.getByLabel('Name').fill('lies');
  await page.getByLabel('Password').fill('not hers, not hers at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.rail').waitFor();
  await page.keyboard.press('4');
  await page.getByLabel('Words, number or account').fill('piso');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Why do you open this?' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('Case, where there is one').fill('GE-2026-12');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText(/records? found/).waitFor();
  assert.deepEqual(faults(), []);
  await context.close();
});
