// The other halves of the Network screen on the real server: time, what-if sets, export, map, money, kept charts.
import assert from 'node:assert/strict';
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
