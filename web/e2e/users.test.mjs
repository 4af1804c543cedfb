// Who may come in: an administrator without a case, and a user's own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openCase, openPage } from './harness.mjs';

const PASSWORD = 'four words nobody says of lies';
let kase;
before(async () => {
  kase = await openCase(300, { analyst: ['lies', PASSWORD] });
});
after(() => kase?.close());

async function signedIn(name, password) {
  const opened = await openPage(kase, '/', { expectedFaults: ['401', '400', '403', '409'] });
  const { page } = opened;
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.rail').waitFor();
  return opened;
}
const screens = async (page) => (await page.locator('.rail nav a').allInnerTexts()).map((text) => text.split('\n')[0].trim());
async function write(page, answers, go) {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.deepEqual(await axe(page), []);
  for (const [label, answer] of Object.entries(answers)) await dialog.getByLabel(label, { exact: true }).fill(answer);
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('the owner makes an administrator, who sees accounts and no case', async () => {
  const owner = await signedIn('owner', 'five words nobody says of owner');
  const { page } = owner;
  await page.locator('.rail').getByRole('link', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'Add a user' }).click();
  await page.getByRole('dialog').getByText('Administrator', { exact: true }).click();
  await write(page, { Name: 'ada' }, 'Add a user');
  const row = page.getByRole('row', { name: /^ada/ });
  assert.match(await row.innerText(), /ada\s+Administrator\s+none yet/);
  await row.getByRole('button', { name: 'Set a password' }).click();
  await write(page, { Password: 'six words that are said by nobody' }, 'Write down');
  await row.getByText('set', { exact: true }).waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(owner.faults(), []);
  await owner.context.close();

  const ada = await signedIn('ada', 'six words that are said by nobody');
  await ada.page.waitForURL(/\/users$/);
  assert.deepEqual(await screens(ada.page), ['Users', 'Account', 'Help']);
  assert.equal(await ada.page.getByRole('heading', { name: 'Compartments' }).count(), 0);
  // Pairs that check each other are refused, in the form.
  await ada.page.getByRole('row', { name: /^lies/ }).getByRole('button', { name: 'Roles' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByText('Administrator', { exact: true }).click();
  await dialog.getByText('Auditor', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Write down' }).click();
  assert.match(await dialog.getByRole('alert').innerText(), /casework\./);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await ada.page.getByRole('row', { name: /^ada/ }).getByRole('button', { name: 'Set a password' }).waitFor();
  assert.deepEqual(ada.faults(), []);
  await ada.context.close();
});

test('an analyst does not see what only refuses; her sessions, her password, signing out', async () => {
  const first = await signedIn('lies', PASSWORD);
  const second = await signedIn('lies', PASSWORD);
  const { page } = second;
  assert.deepEqual(await screens(page), ['Urgent', 'Leads', 'Why', 'Search', 'Cases', 'Inbox', 'Same person?', 'Account', 'Help']);
  await page.locator('.lead-card').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Decide' }).count(), 0);
  await page.keyboard.press('8');
  await page.waitForURL(/\/account$/);
  await page.getByText('this one').waitFor();
  assert.equal(await page.getByRole('button', { name: 'End', exact: true }).count(), 1);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End', exact: true }).waitFor({ state: 'detached' });
  await first.page.reload();
  await first.page.getByLabel('Password').waitFor();
  await page.getByRole('button', { name: 'Change the password' }).click();
  await write(page, { 'Password until now': PASSWORD, 'New password': 'seven words that lies has made up now' }, 'Change the password');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Name').fill('lies');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  assert.deepEqual(second.faults(), []);
  await first.context.close();
  await second.context.close();
});
