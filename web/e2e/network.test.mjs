// The other halves of the Network screen on the real server: time, what-if sets, export, map, money, kept charts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe, openCase, openPage } from './harness.mjs';

let kase;
let network;
before(async () => {
  kase = await openCase();
  const { networks } = await kase.get('/api/networks');
  network = networks.reduce((most, one) => (one.n_entities > most.n_entities ? one : most));
});
after(() => kase?.close());

/** Runs `task` on the largest network, then asks that nothing was fetched elsewhere, said in the console or found by axe. */
async function onNetwork(task, options = {}) {
  const { page, context, faults } = await openPage(kase, `/networks/${options.id ?? network.id}`, options);
  try {
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
    await task(page);
    assert.deepEqual(faults(), []);
    assert.deepEqual(await axe(page), []);
  } finally {
    await context.close();
  }
}

const dimmed = (page) => page.evaluate(() => window.ovilloChart.dimmed().length);
const nodes = (page) => page.evaluate(() => window.ovilloChart.nodes());

/** Members with a record in the local days [from, to], by what the server says. */
async function presentIn(from, to) {
  const chart = await kase.get(`/api/charts/${network.id}`);
  const isIn = (time) => time.slice(0, 10) <= to && time.slice(0, 10) >= from;
  return new Set(chart.moments.filter((one) => isIn(one.time)).flatMap((one) => one.members.map((at) => chart.places[at].entity)));
}

test('time: a span drawn with the mouse dims what lies outside, in chart, table and outline', async () => {
  await onNetwork(async (page) => {
    const { moments } = await kase.get(`/api/charts/${network.id}`);
    assert.match(await page.locator('.time-said').innerText(), new RegExp(`all of time · ${moments.length} of ${moments.length} dated`));
    assert.equal(await dimmed(page), 0);
    const plot = await page.locator('.time-plot').boundingBox();
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + 20);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 20, { steps: 4 });
    await page.mouse.up();
    const words = await page.getByRole('slider', { name: 'The span as a whole' }).getAttribute('aria-valuetext');
    const [from, to] = words.split(' – ').map((day) => new Date(`${day} UTC`).toISOString().slice(0, 10));
    const present = await presentIn(from, to);
    const shown = await nodes(page);
    const outside = shown.filter((node) => !present.has(node));
    assert.ok(outside.length > 0 && outside.length < shown.length);
    assert.deepEqual((await page.evaluate(() => window.ovilloChart.dimmed())).sort(), outside.sort());
    assert.deepEqual(await axe(page), []);
    await page.getByRole('tab', { name: 'Table' }).click();
    assert.equal(await page.locator('table').first().locator('tr[data-outside]').count(), outside.length);
    assert.deepEqual(await axe(page), []);
    await page.getByRole('tab', { name: 'Outline' }).click();
    assert.equal(await page.locator('[role=row][data-outside]').count(), outside.length);
    await page.getByRole('button', { name: 'All of time' }).click();
    assert.equal(await page.locator('[data-outside]').count(), 0);
  });
});

test('time: by keyboard alone, and played to its end', async () => {
  await onNetwork(async (page) => {
    const end = page.getByRole('slider', { name: 'End of the span' });
    await end.focus();
    const nBins = Number(await end.getAttribute('aria-valuemax'));
    await page.keyboard.press('Home');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
    assert.equal(await end.getAttribute('aria-valuenow'), '4');
    assert.ok((await dimmed(page)) > 0);
    await page.getByRole('slider', { name: 'The span as a whole' }).focus();
    await page.keyboard.press('End');
    assert.equal(await end.getAttribute('aria-valuenow'), String(nBins));
    await page.keyboard.press('PageDown');
    // In the chart: T plays, the point moves the span on.
    await page.locator('.chart').focus();
    const before = Number(await end.getAttribute('aria-valuenow'));
    await page.keyboard.press(',');
    assert.equal(Number(await end.getAttribute('aria-valuenow')), before - 1);
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.waitForFunction((n) => document.querySelector('.grip-to').getAttribute('aria-valuenow') === String(n), nBins, { timeout: 20_000 });
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await end.focus();
    await page.keyboard.press('Escape');
    assert.equal(await dimmed(page), 0);
  });
});

test('what if: a set is played step by step, and the count is that of the server', async () => {
  const answer = await kase.get(`/api/what-if/${network.id}`);
  const sets = answer.answers.find((one) => one.k === 3);
  await onNetwork(async (page) => {
    await page.getByRole('tab', { name: 'What if' }).click();
    await page.getByText(`May enter a set: ${answer.n_may} of ${answer.n_members}`).waitFor();
    await page.getByRole('radio', { name: '3' }).click({ force: true });
    await page.getByText(`Without these 3, ${sets.largest} of ${answer.largest} stay connected.`).waitFor();
    const next = page.getByRole('button', { name: 'Next step' });
    for (let i = 0; i < 3; ++i) await next.click();
    await page.getByText(`3 of 3 taken out: ${sets.largest} of ${answer.largest} stay connected.`).waitFor();
    assert.ok(await next.isDisabled());
    const seen = await page.evaluate(() => ({ nodes: window.ovilloChart.nodes(), dimmed: window.ovilloChart.dimmed() }));
    for (const gone of sets.sets[0]) assert.ok(seen.dimmed.includes(gone), 'who is gone is on the chart, and taken out');
    assert.ok(seen.dimmed.length > 3 && seen.dimmed.length < seen.nodes.length);
    assert.deepEqual(await axe(page), []);
    await page.getByRole('tab', { name: 'Table' }).click();
    assert.equal(await page.locator('table').first().locator('tr[data-outside=gone]').count(), 3);
    await page.getByRole('tab', { name: 'Chart' }).click();
    await page.getByRole('button', { name: 'Nobody gone' }).click();
    assert.equal(await dimmed(page), 0);
    // Played, and left: what was looked at goes with the panel.
    await page.locator('.aside').getByRole('button', { name: 'Play' }).click();
    await page.getByText(`3 of 3 taken out`).waitFor({ timeout: 15_000 });
    await page.getByRole('tab', { name: 'Reasons' }).click();
    await page.waitForFunction(() => window.ovilloChart.dimmed().length === 0);
  });
});

/** Asks for one export through the page. @return the file as text. */
async function exported(page, format, part) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Format|Format$/ }).click();
  await page.getByRole('option', { name: format }).click();
  if (part) await dialog.getByRole('radio', { name: part }).click({ force: true });
  await dialog.getByRole('button', { name: /^Purpose|Purpose$/ }).click();
  await page.getByRole('option', { name: 'prosecution' }).click();
  // A purpose of the courts needs its case.
  await dialog.getByLabel('Case, where there is one').fill('GE-12/2026');
  assert.deepEqual(await axe(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Write the file' }).click()]);
  await dialog.waitFor({ state: 'detached' });
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('export: the network, what is selected, and the chart as a picture, each with its purpose', async () => {
  await onNetwork(async (page) => {
    const { members } = await kase.get(`/api/networks/${network.id}`);
    const whole = await exported(page, 'GraphML');
    assert.match(whole.name, /^network-[0-9a-f]{8}\.graphml$/);
    assert.equal(whole.bytes.toString().match(/<node /g).length, members.length);
    assert.match(whole.bytes.toString(), /prosecution/);
    const at = await page.evaluate(() => window.ovilloChart.placeOf(window.ovilloChart.nodes()[0]));
    await page.mouse.click(at.x, at.y);
    const one = await exported(page, 'FollowTheMoney', /Selected/);
    assert.equal(one.bytes.toString().trim().split('\n').length, 1);
    const svg = (await exported(page, /\(SVG\)/)).bytes.toString();
    assert.equal((svg.match(/<(circle|polygon) /g) ?? []).length, (await nodes(page)).length);
    assert.match(svg, /purpose: prosecution · links are machine inferences, not facts/);
    const png = (await exported(page, /\(PNG\)/)).bytes;
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.readUInt32BE(16) > 1000);
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Format|Format$/ }).click();
    assert.equal(await page.getByRole('option', { name: /PNG/ }).count(), 0, 'no picture of what is not drawn');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });
});

test('map: the towns by records, within the span of time; of adverts only how many', async () => {
  const map = await kase.get(`/api/maps/${network.id}`);
  await onNetwork(async (page) => {
    const hub = (await nodes(page)).find((id) => map.members.some((one) => one.entity === id && one.towns === null));
    const at = await page.evaluate((id) => window.ovilloChart.placeOf(id), hub);
    await page.mouse.click(at.x, at.y);
    await page.getByRole('tab', { name: 'Map' }).click();
    await page.waitForFunction(() => document.querySelector('.land')?.getAttribute('d')?.length > 1000);
    assert.equal(await page.locator('.town').count(), map.towns.filter((town) => town.latitude !== null).length);
    const { n_towns } = map.members.find((one) => one.entity === hub);
    await page.getByText(`seen only in adverts: 1, in up to ${n_towns} towns`).waitFor();
    assert.equal(await page.locator('.town.chosen').count(), 0);
    const first = page.locator('.map-side tbody tr').first();
    assert.match(await first.innerText(), new RegExp(`${map.towns[0].place.split('/')[1]}[\\s\\S]*${map.towns[0].n_records}`));
    assert.deepEqual(await axe(page), []);
    await page.getByRole('slider', { name: 'End of the span' }).focus();
    await page.keyboard.press('Home');
    assert.ok(Number(await first.locator('td').nth(1).innerText()) < map.towns[0].n_records);
    assert.ok((await page.locator('.map-side tr[data-outside]').count()) > 0);
    await page.locator('.map').focus();
    const before = await page.locator('.town').first().getAttribute('cx');
    await page.keyboard.press('ArrowRight');
    assert.equal(Number(await page.locator('.town').first().getAttribute('cx')), Number(before) - 60);
    await page.locator('.town').last().click({ force: true });
    await page.getByText(/those named with it are seen only in adverts/).waitFor();
  });
});

test('money: the transfers of the accounts along time, chosen with the chart and dimmed with the strip', async () => {
  const { networks } = await kase.get('/api/networks');
  const all = await Promise.all(networks.map((one) => kase.get(`/api/money/${one.id}`)));
  const money = all.reduce((most, one) => (one.transfers.length > most.transfers.length ? one : most));
  assert.ok(money.transfers.length > 3);
  const cents = (list) => list.reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
  const out = money.transfers.filter((one) => one.to === null);
  assert.equal(Math.round(Number(money.across.find((one) => one.currency === 'EUR').out) * 100), cents(out.filter((one) => one.currency === 'EUR')));
  await onNetwork(async (page) => {
    await page.getByRole('tab', { name: 'Money' }).click();
    await page.getByText(`${money.transfers.length} of ${money.transfers.length} transfers`).waitFor();
    const row = page.locator('.view table tbody tr').first();
    assert.match(await row.innerText(), new RegExp(`${money.transfers[0].time.slice(0, 10)}[\\s\\S]*${money.transfers[0].amount}`));
    assert.deepEqual(await axe(page), []);
    await page.locator('.lane-names button').first().click();
    assert.match(await page.locator('.shown-line').innerText(), /1 selected/);
    const chosen = await page.locator('.view table tr[aria-selected=true]').count();
    assert.equal(chosen + (await page.locator('.view table tr[data-outside]').count()), money.transfers.length);
    await page.locator('.lane-names li[aria-current=true]').waitFor();
    await page.getByRole('slider', { name: 'End of the span' }).focus();
    await page.keyboard.press('Home');
    await page.waitForFunction((n) => document.querySelectorAll('.view table tr[data-outside]').length > n, money.transfers.length - chosen);
  }, { id: money.id });
});

test('saved charts: kept under a name with its case, found again after a reload, forgotten', async () => {
  await onNetwork(async (page) => {
    await kase.post('/api/cases', { reference: 'GE-77/2026', title: 'kept charts' });
    const all = await nodes(page);
    const place = (node) => page.evaluate((id) => window.ovilloChart.placeOf(id), node);
    const at = await place(all[0]);
    await page.mouse.click(at.x, at.y);
    await page.locator('.chart').focus();
    await page.keyboard.press('l');
    await page.keyboard.press('Shift+H');
    const few = (await nodes(page)).sort();
    assert.ok(few.length > 1 && few.length < all.length);
    // One is put elsewhere by hand.
    const from = await place(few[1]);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 50, from.y + 30, { steps: 4 });
    await page.mouse.up();
    await page.locator('.legend button').first().click();
    const shown = (await nodes(page)).sort();
    await page.getByRole('tab', { name: 'Kept' }).click();
    await page.getByLabel('Name of the chart').fill('the payer and his flats');
    await page.getByLabel('Case, where there is one').fill('GE-77/2026');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Keep this chart' }).click();
    await page.getByText('Kept: the payer and his flats').waitFor();
    const gap = async () => {
      const [a, b] = [await place(shown[0]), await place(shown.at(-1))];
      return Math.hypot(a.x - b.x, a.y - b.y);
    };
    await page.reload();
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
    assert.deepEqual((await nodes(page)).length, all.length);
    await page.getByRole('tab', { name: 'Kept' }).click();
    await page.getByRole('button', { name: 'Open: the payer and his flats' }).click();
    assert.deepEqual((await nodes(page)).sort(), shown);
    const kept = JSON.parse((await kase.get(`/api/saved-charts/${network.id}`)).charts[0].content);
    assert.deepEqual(Object.keys(kept.places).sort(), few);
    assert.deepEqual(kept.pinned, [few[1]]);
    // Places on the chart are those kept: equal but for the scale of the fit.
    const inChart = Math.hypot(...[0, 1].map((axis) => kept.places[shown[0]][axis] - kept.places[shown.at(-1)][axis]));
    const third = shown[Math.floor(shown.length / 2)];
    const [a, c] = [await place(shown[0]), await place(third)];
    const inChart2 = Math.hypot(...[0, 1].map((axis) => kept.places[shown[0]][axis] - kept.places[third][axis]));
    assert.ok(Math.abs((await gap()) / inChart - Math.hypot(a.x - c.x, a.y - c.y) / inChart2) < 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal((await nodes(page)).length, all.length);
    await page.getByRole('button', { name: 'Forget: the payer and his flats' }).click();
    await page.getByText('No chart of this network is kept.').waitFor();
  });
});
