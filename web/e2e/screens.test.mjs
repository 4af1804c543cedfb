// For each screen the task that a user comes for, on the real server; then the same by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openCase, openPage } from './harness.mjs';

let kase;
let networks;
before(async () => {
  kase = await openCase();
  ({ networks } = await kase.get('/api/networks'));
});
after(() => kase?.close());

/** Runs `task` on a page, then asks that nothing was fetched elsewhere, said in the console or found by axe. */
async function onPage(path, task, options) {
  const { page, context, faults } = await openPage(kase, path, options);
  try {
    await task(page);
    assert.deepEqual(faults(), []);
    assert.deepEqual(await axe(page), []);
  } finally {
    await context.close();
  }
}

const largest = () => networks.reduce((most, one) => (one.n_entities > most.n_entities ? one : most));
const shownLine = (page) => page.locator('.shown-line').innerText();

test('urgent: by kind, with a clock, the text folded until asked', async () => {
  const { urgent } = await kase.get('/api/urgent');
  assert.ok(urgent.length > 0);
  await onPage('/urgent', async (page) => {
    assert.equal(await page.locator('li.card').count(), urgent.length);
    assert.match(await page.locator('.clock').first().innerText(), /received/);
    assert.equal(await page.locator('.words').count(), 0);
    await page.getByRole('button', { name: /Show the text/ }).first().click();
    assert.ok((await page.locator('.words mark').first().innerText()).length > 0);
    assert.doesNotMatch(await page.locator('main').innerText(), /score of|\d+ ?%/);
  });
});

test('leads: reasons for, against and not known; filter and order', async () => {
  await onPage('/leads', async (page) => {
    assert.equal(await page.locator('main [role=status]').innerText(), `${networks.length} networks`);
    const first = page.locator('.lead-card').first();
    assert.ok((await first.innerText()).includes(networks[0].id.slice(0, 8)));
    for (const side of ['Signs of exploitation', 'Against', 'Not known', 'Organisation (may be lawful)']) assert.ok(await first.getByRole('heading', { name: side }).isVisible());
    await page.getByLabel('Filter by sign, town or id').fill(networks[1].id.slice(0, 8));
    await page.waitForFunction(() => document.querySelectorAll('.lead-card').length === 1);
    assert.ok((await page.locator('.lead-card').innerText()).includes(networks[1].id.slice(0, 8)));
    await page.getByLabel('Filter by sign, town or id').fill('');
    await page.getByRole('button', { name: /Order/ }).click();
    await page.getByRole('option', { name: 'Most members' }).click();
    await page.waitForFunction((id) => document.querySelector('.lead-card h2')?.textContent.includes(id), largest().id.slice(0, 8));
    assert.deepEqual(await axe(page), []);
  });
});

test('network: select, hide, undo, pin, path, why, and the same in table and outline', async () => {
  const network = largest();
  await onPage(`/networks/${network.id}`, async (page) => {
    const nodes = () => page.evaluate(() => window.ovilloChart.nodes());
    const place = (node) => page.evaluate((id) => window.ovilloChart.placeOf(id), node);
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
    const all = await nodes();
    assert.equal(all.length, Math.min(network.n_entities, 150));
    const at = await place(all[0]);
    await page.mouse.click(at.x, at.y);
    assert.match(await shownLine(page), /1 selected/);
    await page.getByRole('button', { name: 'Hide', exact: true }).click();
    assert.equal((await nodes()).length, all.length - 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal((await nodes()).length, all.length);
    // Dragged, a node stays where it was put.
    const from = await place(all[1]);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 40, { steps: 5 });
    await page.mouse.up();
    const to = await place(all[1]);
    assert.ok(Math.hypot(to.x - from.x - 60, to.y - from.y - 40) < 3, JSON.stringify({ from, to }));
    // What the legend switches off is gone.
    const kind = page.locator('.legend button').first();
    await kind.click();
    assert.ok((await nodes()).length < all.length);
    await kind.click();
    // The menu counts what is not shown.
    await page.getByRole('tab', { name: 'Table' }).click();
    assert.equal(await page.locator('table').first().locator('tbody tr').count(), all.length);
    await page.getByRole('tab', { name: 'Outline' }).click();
    assert.equal(await page.getByRole('row', { level: 1 }).count(), all.length);
    assert.deepEqual(await axe(page), []);
    await page.getByRole('tab', { name: 'Chart' }).click();
    for (const tab of ['Selection', 'Texts', 'Records', 'Reasons']) {
      await page.getByRole('tab', { name: tab }).click();
      assert.deepEqual(await axe(page), []);
    }
  });
});

test('network: one that is hidden comes back by a double click, a right click names it', async () => {
  await onPage(`/networks/${largest().id}`, async (page) => {
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
    const place = (node) => page.evaluate((id) => window.ovilloChart.placeOf(id), node);
    const [hub, ...rest] = await page.evaluate(() => window.ovilloChart.nodes());
    const at = await place(hub);
    await page.mouse.click(at.x, at.y);
    await page.getByRole('button', { name: 'Hide others' }).click();
    assert.match(await shownLine(page), /^1 of/);
    const middle = await place(hub);
    await page.mouse.click(middle.x, middle.y, { button: 'right' });
    await page.getByRole('menuitem', { name: /Expand: \d+ not shown|strongest/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.dblclick(middle.x, middle.y);
    await page.waitForFunction(() => window.ovilloChart.nodes().length > 1);
    assert.ok((await page.evaluate(() => window.ovilloChart.nodes().length)) <= 1 + Math.min(rest.length, 40));
  });
});

/** Two phones of one network, as they are written canonically. */
async function twoPhones() {
  for (const network of networks) {
    const phones = (await kase.get(`/api/networks/${network.id}`)).members.filter((member) => member.kind === 'phone');
    if (phones.length > 1) return phones.slice(0, 2).map((phone) => phone.canonical);
  }
  throw new Error('no network with two phones');
}

/** Fills the form that is open and writes it down. */
async function fillForm(page, answers, go) {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.deepEqual(await axe(page), []);
  for (const [label, answer] of Object.entries(answers)) await dialog.getByLabel(label, { exact: true }).fill(answer);
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
async function pick(page, label, option) {
  await page.getByRole('dialog').getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('leads: a decision with its reason, by key, filtered by, and taken back', async () => {
  await onPage('/leads', async (page) => {
    const card = page.locator('.lead-card').nth(1);
    await card.locator('[data-item]').focus();
    await page.keyboard.press('d');
    await pick(page, /What is decided/, 'Put aside');
    await fillForm(page, { 'Put aside until': '2031-05-01', Reason: 'the landlord is abroad until then' }, 'Decide');
    await card.getByText('the landlord is abroad until then').waitFor();
    assert.match(await card.locator('.decided').innerText(), /Put aside until May 1, 2031: the landlord is abroad until then owner/);
    const shows = async (which, words) => {
      await page.getByRole('button', { name: /^Decision|Decision$/ }).first().click();
      await page.getByRole('option', { name: which, exact: true }).click();
      await page.locator('main [role=status]').getByText(words, { exact: true }).waitFor();
    };
    await shows('Decided', '1 network');
    await shows('Waiting for one', `${networks.length - 1} networks`);
    await shows('All', `${networks.length} networks`);
    await card.getByRole('button', { name: 'Take back' }).click();
    await fillForm(page, { Reason: 'it was the other flat' }, 'Take back');
    await card.getByText('the landlord is abroad until then').waitFor({ state: 'detached' });
    assert.equal((await kase.get('/api/leads')).leads[1].decided, null);
  });
});

test('a decision that the server refuses stays in its form, with the code', async () => {
  const { page, context, faults } = await openPage(kase, '/leads', { expectedFaults: ['404', '409', '400'] });
  await kase.post('/api/cases', { reference: 'GE-1/2026', title: 'there already' });
  await page.locator('.lead-card').first().getByRole('button', { name: 'Decide' }).click();
  await pick(page, /What is decided/, 'Open a case');
  const dialog = page.getByRole('dialog');
  for (const [label, answer] of Object.entries({ Reference: 'GE-1/2026', Title: 'again', Reason: 'three flats' })) await dialog.getByLabel(label, { exact: true }).fill(answer);
  await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
  assert.match(await dialog.getByRole('alert').innerText(), /casework\.case_exists/);
  assert.equal(await dialog.getByLabel('Reason', { exact: true }).inputValue(), 'three flats');
  assert.equal((await kase.get('/api/leads')).leads[0].decided, null, 'no decision without its case');
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('cases: opened from a lead, kept, read back', async () => {
  await onPage('/leads', async (page) => {
    await page.locator('.lead-card').first().getByRole('button', { name: 'Decide' }).click();
    await pick(page, /What is decided/, 'Open a case');
    await fillForm(page, { Reference: 'GE-12/2026', Title: 'Flats by the canal', Reason: 'three flats, one payer' }, 'Decide');
    await page.keyboard.press('5');
    await page.getByRole('link', { name: 'GE-12/2026' }).click();
    await page.waitForURL(/\/cases\/[0-9a-f]{32}$/);
    const write = (name) => page.getByRole('button', { name, exact: true });
    await write('Note').click();
    await pick(page, /Kind of statement/, 'fact');
    await fillForm(page, { Words: 'The lease names a company.' }, 'Write down');
    await write('Add a task').click();
    await fillForm(page, { Words: 'Ask the register', 'Who is to do it (may be empty)': 'owner', Due: '2030-01-02' }, 'Write down');
    await page.locator('.task').getByRole('button', { name: 'Done' }).click();
    await fillForm(page, { Outcome: 'the register answered' }, 'Write down');
    await page.getByText('the register answered').first().waitFor();
    await write('Add a hypothesis').click();
    await fillForm(page, { Words: 'One person rents all three' }, 'Write down');
    await write('Argue').click();
    await pick(page, /Speaks/, 'against');
    await fillForm(page, { Words: 'two leases, two names' }, 'Write down');
    assert.match(await page.locator('.side.against').innerText(), /two leases, two names/);
    for (const [category, who] of [['suspect', 'police'], ['presumed victim', 'reception centre']]) {
      await write('Name a capacity').click();
      await pick(page, /Capacity/, category);
      await fillForm(page, { Person: 'person 3', 'Who said so': who }, 'Write down');
      await page.getByText(`said by ${who}`).first().waitFor();
    }
    const row = await page.getByRole('row', { name: /person 3/ }).innerText();
    assert.match(row, /presumed victim\s+Non-punishment is to be looked at/);
    await write('Number an exhibit').click();
    await pick(page, /^File|File$/, 'adverts.csv');
    await fillForm(page, { Words: 'hand-over of platform X' }, 'Write down');
    await page.getByRole('heading', { name: 'GE-12/2026/E1' }).waitFor();
    assert.match(await page.locator('main').innerText(), /On hold: nothing deletes it/);
    // Withdrawn with its reason, and still readable.
    const note = page.locator('.entry', { hasText: 'The lease names a company.' });
    await note.getByRole('button', { name: 'Withdraw' }).click();
    await fillForm(page, { Reason: 'it names two' }, 'Write down');
    await note.getByText('Withdrawn by owner').waitFor();
    const kept = await kase.get(page.url().replace(kase.origin, '/api'));
    assert.equal(kept.entries.find((one) => one.text === 'The lease names a company.').statement, 'fact');
    assert.equal(kept.tasks[0].outcome, 'the register answered');
    assert.equal(kept.persons[0].governs, 'presumed_victim');
    assert.ok((await kase.get('/api/leads')).leads[0].decided.disposition === 'open_case');
  });
});

test('inbox: every file with what became of its rows', async () => {
  const { files } = await kase.get('/api/imports');
  await onPage('/inbox', async (page) => {
    await page.getByRole('columnheader', { name: 'Rejects' }).first().waitFor();
    assert.equal(await page.locator('tbody tr').count(), files.length);
    for (const file of files) assert.equal(file.rows, file.records + file.repeats + file.rejects);
  });
});

test('why: from a number to another, down to the words as written', async () => {
  const [a, b] = await twoPhones();
  await onPage('/why', async (page) => {
    await page.getByLabel('From', { exact: true }).fill(a);
    await page.getByLabel('To', { exact: true }).fill(b);
    await page.getByRole('button', { name: 'Show the chain' }).click();
    await page.locator('.why-record .fields').first().waitFor();
    await page.getByText('Grade').first().waitFor();
    const text = await page.locator('main').innerText();
    assert.match(text, /SHA-256\s+[0-9a-f]{64}/);
    assert.match(text, /row \d+/);
    assert.match(text, /Grade\s+[A-DX][1-4X] · H[0-3]/);
    assert.ok(!page.url().includes(encodeURIComponent(a)), 'no number stands in the address');
    assert.equal(await page.locator('.words p').count(), 0, 'no text is open before it is asked for');
    await page.locator('.fields').getByRole('button', { name: /Show the text/ }).first().click();
    await page.locator('.fields mark').first().waitFor();
  });
});

test('record: what came in, what was read in it, where it stands', async () => {
  await onPage(`/records/${networks[0].members[0]}`, async (page) => {
    await page.getByRole('heading', { name: 'As it came in' }).waitFor();
    assert.match(await page.locator('main').innerText(), /SHA-256\s+[0-9a-f]{64}/);
    await page.getByRole('link', { name: /In network/ }).click();
    await page.waitForURL(/\/networks\//);
    await page.locator('.network h1').waitFor();
  });
});

test('search: a number however it is written finds its records', async () => {
  const [a] = await twoPhones();
  await onPage('/search', async (page) => {
    await page.getByLabel('Words, number or account').fill(a.replace(/(\d{2})(?=\d)/g, '$1 '));
    await page.keyboard.press('Enter');
    await page.getByText(/records? found/).waitFor();
    assert.ok((await page.locator('.card').count()) > 0);
    assert.ok(!page.url().includes('?'));
  });
});

test('help: keys, version, licences', async () => {
  await onPage('/help', async (page) => {
    await page.getByText(/Ovillo \d+\.\d+/).waitFor();
    assert.ok((await page.locator('.licences li').count()) > 5);
  });
});

test('what is not there is said with its code', async () => {
  const { page, context, faults } = await openPage(kase, '/leads', { expectedFaults: ['404'] });
  await page.evaluate(() => {
    history.pushState(null, '', '/networks/ffffffffffff');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /flow\.no_such_network/);
  assert.deepEqual(faults(), []);
  await context.close();
});

test('a server that asks who one is gets the sign-in page, and another chance', async () => {
  const { page, context } = await openPage(kase, '/help');
  let asked = null;
  await page.route('**/api/**', (route) => {
    if (route.request().url().endsWith('/api/session') && route.request().method() === 'POST') {
      asked = route.request().postDataJSON();
      return route.fulfill({ status: 401, contentType: 'application/json', body: '{"error":{"code":"casework.wrong_password","sentence":"Name and password do not fit.","detail":""}}' });
    }
    return route.fulfill({ status: 401, contentType: 'application/json', body: '{"error":{"code":"casework.sign_in_needed","sentence":"Sign in first.","detail":""}}' });
  });
  await page.goto(`${kase.origin}/leads`);
  await page.getByLabel('Name').fill('lies');
  await page.getByLabel('Password').fill('a long sentence of hers');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  assert.deepEqual(asked, { user: 'lies', password: 'a long sentence of hers' });
  await context.close();
});

test('by keyboard alone: from the leads to a network, to why, and back', async () => {
  const [a, b] = await twoPhones();
  await onPage('/help', async (page) => {
    const press = (key) => page.keyboard.press(key);
    await press('2');
    await page.waitForURL(/\/leads/);
    await page.locator('.lead-card').first().waitFor();
    await press('/');
    assert.equal(await page.evaluate(() => document.activeElement.matches('[data-search]')), true);
    await page.keyboard.type(largest().id.slice(0, 8));
    await page.waitForFunction(() => document.querySelectorAll('.lead-card').length === 1);
    for (let i = 0; i < 6 && !(await page.evaluate(() => document.activeElement.matches('[data-item]'))); ++i) await press('Tab');
    await press('Enter');
    await page.waitForURL(/\/networks\//);
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
    for (let i = 0; i < 25 && !(await page.evaluate(() => document.activeElement.matches('.chart'))); ++i) await press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.matches('.chart')), true);
    await press('ArrowRight');
    assert.match(await shownLine(page), /1 selected/);
    const before = await shownLine(page);
    await press('h');
    assert.notEqual(await shownLine(page), before);
    await press('u');
    await press('ArrowLeft');
    await press('l');
    assert.match(await shownLine(page), /[2-9]\d* selected|1\d+ selected/);
    await press('Escape');
    assert.match(await shownLine(page), /0 selected/);
    // Two chosen, their path, and why they are linked.
    await press('ArrowRight');
    for (const key of ['Control+ArrowRight', 'Control+ArrowDown', 'Control+ArrowUp', 'Control+ArrowLeft'])
      if (/ 1 selected/.test(await shownLine(page))) await press(key);
    assert.match(await shownLine(page), / 2 selected/);
    await press('p');
    assert.match(await shownLine(page), /path of \d+ link/);
    await press('w');
    await page.waitForURL(/\/why/);
    await page.locator('.why-record mark').first().waitFor();
    await page.goBack();
    await page.waitForURL(/\/networks\//);
    await page.locator('.network h1').waitFor();
    await press('3');
    await page.waitForURL(/\/why/);
    await page.getByLabel('From', { exact: true }).waitFor();
    await press('/');
    await page.keyboard.type(a);
    await press('Tab');
    await page.keyboard.type(b);
    await press('Enter');
    await page.locator('.why-record mark').first().waitFor();
    await press('j');
    assert.equal(await page.evaluate(() => document.activeElement.matches('[data-item]')), true);
  });
});

test('every language speaks on every screen, and right to left turns the page round', async () => {
  for (const [language, word] of [['nl', 'Aanwijzingen'], ['fr', 'Pistes'], ['de', 'Hinweise'], ['es', 'Pistas'], ['pt', 'Pistas'], ['ar', 'خيوط']]) {
    const { page, context, faults } = await openPage(kase, '/help');
    await page.evaluate((one) => localStorage.setItem('language', one), language);
    for (const path of ['/leads', '/urgent', '/search', '/why', '/cases', '/inbox', '/help', `/networks/${largest().id}`]) {
      await page.goto(kase.origin + path);
      await page.waitForSelector('main h1');
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    }
    assert.ok((await page.locator('.rail').innerText()).includes(word));
    const { rail, main } = await page.evaluate(() => ({ rail: document.querySelector('.rail').getBoundingClientRect().x, main: document.querySelector('main').getBoundingClientRect().x }));
    assert.equal(rail > main, language === 'ar');
    const overflowing = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(overflowing, false);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults(), []);
    await context.close();
  }
});

test('dark and narrow: no violation, nothing runs over', async () => {
  for (const path of ['/leads', '/urgent', '/cases', '/inbox', '/help', `/networks/${largest().id}`]) {
    await onPage(path, async (page) => {
      await page.waitForTimeout(300);
      // Nothing stands beyond the edge, but in a part that scrolls by itself.
      const beyond = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.wide, .scroll, .visually-hidden, .menu-anchor')).map((one) => one.className || one.tagName));
      assert.deepEqual(beyond, [], path);
    }, { viewport: { width: 1024, height: 768 }, colorScheme: 'dark' });
  }
});
