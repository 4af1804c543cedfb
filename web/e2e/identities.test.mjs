// Who may be the same: what the machine proposes, what a person judges, and taking it back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openCase, openPage } from './harness.mjs';

const lists = {
  police: `person_id,first_name,last_name,birth_date,phone
1,Ana,Inventada,1990-05-01,+447700900101
2,Rui,Figura,1971-02-17,+447700900102
3,Eva,Fábula,1985-11-30,+447700900103
`,
  clinic: `person_id,name,birth_date,phone
7,"INVENTADA, Ana",01/05/1990,+447700900201
8,Noa Otra,1999-09-09,+447700900202
9,"FABULA, Eva",30/11/1985,+447700900203
`,
};
let kase;
before(async () => {
  kase = await openCase(300, { lists });
});
after(() => kase?.close());

const pairs = async () => (await kase.get('/api/identities')).identities;

test('a pair is shown with what speaks for and against, judged, and the judgement taken back', async () => {
  assert.equal((await pairs()).length, 2);
  const { page, context, faults } = await openPage(kase, '/identities');
  const card = page.locator('.pair', { hasText: 'police#1' });
  await card.waitFor();
  assert.deepEqual(await axe(page), []);
  const text = await card.innerText();
  for (const words of ['clinic#7', 'Ana Inventada', '01/05/1990', 'date of birth: equal', 'phone: one sign apart']) assert.ok(text.includes(words), `${words} in ${text}`);
  const judged = async (verdict, reason) => {
    await card.focus();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Verdict/ }).click();
    await page.getByRole('option', { name: verdict, exact: true }).click();
    await dialog.getByLabel('Reason', { exact: true }).fill(reason);
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole('button', { name: 'Judge', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await judged('Not the same', 'two faces');
  await page.getByRole('heading', { name: /^Judged/ }).waitFor();
  assert.match(await card.locator('.decided').innerText(), /Not the same: two faces followed by the next run owner/);
  assert.equal((await pairs()).find((pair) => pair.a.reference === 'clinic#7').judgement.verdict, 'not_same');
  await judged('Take the judgement back', 'the wrong file');
  await page.getByRole('heading', { name: /^Judged/ }).waitFor({ state: 'detached' });
  assert.equal((await pairs()).find((pair) => pair.a.reference === 'clinic#7').judgement, null);
  assert.deepEqual(faults(), []);
  await context.close();
});
