// Writes the pictures of docs/guide: every screen, two sizes, light and dark, on the invented case.
// `npm run guide -- map money` writes only those whose name holds one of the words.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCase, openPage } from './harness.mjs';
import { smallPng } from './smallPng.mjs';

const FOLDER = join(import.meta.dirname, '../../docs/guide');
const SIZES = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }];

const kase = await openCase(6000);

/** A case as a unit would keep it. */
async function invented(network) {
  const kept = await kase.post('/api/cases', { reference: 'GE-12/2026', title: 'Flats by the canal', network, reason: 'three flats, one payer' });
  const write = (entry) => kase.post('/api/cases/entries', { case: kept.id, ...entry });
  await write({ kind: 'note', text: 'The lease names a company.', statement: 'fact', grade: 'B2' });
  const hypothesis = await write({ kind: 'hypothesis', text: 'One person rents all three flats' });
  await write({ kind: 'argument', subject: hypothesis.id, value: 'for', text: 'the same account pays three rents' });
  await write({ kind: 'argument', subject: hypothesis.id, value: 'against', text: 'two leases, two names' });
  await write({ kind: 'task', text: 'Ask the register who owns the company', subject: 'owner', until: '2027-01-10' });
  await write({ kind: 'category', subject: 'person 3', value: 'suspect', said_by: 'police' });
  await write({ kind: 'category', subject: 'person 3', value: 'presumed_victim', said_by: 'reception centre' });
  await write({ kind: 'exhibit', text: 'hand-over of platform X', rests_on: ['adverts.csv'] });
  return kept;
}

try {
  mkdirSync(FOLDER, { recursive: true });
  const { networks } = await kase.get('/api/networks');
  const largest = networks.reduce((most, one) => (one.n_entities > most.n_entities ? one : most));
  const { links } = await kase.get(`/api/networks/${largest.id}`);
  const kept = await invented(networks[0].id);
  const chart = (page) => page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
  const select = async (page) => {
    await chart(page);
    const at = await page.evaluate(() => window.ovilloChart.placeOf(window.ovilloChart.nodes()[1]));
    await page.mouse.click(at.x, at.y);
    await page.getByRole('tab', { name: 'Selection' }).click();
  };
  const brushed = async (page) => {
    await chart(page);
    const plot = await page.locator('.time-plot').boundingBox();
    await page.mouse.move(plot.x + plot.width * 0.35, plot.y + 20);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 20, { steps: 4 });
    await page.mouse.up();
  };
  const asked = async (page) => {
    await page.evaluate((ends) => {
      history.pushState({ ends }, '', '/why');
      dispatchEvent(new PopStateEvent('popstate'));
    }, { a: links[0].a, b: links[0].b, network: largest.id });
    await page.locator('.fields').first().waitFor();
  };
  const found = async (page) => {
    await page.getByLabel('Words, number or account').fill('piso privado');
    await page.keyboard.press('Enter');
    await page.getByText(/records? found/).waitFor();
  };
  const screens = [
    ['urgent', '/urgent', (page) => page.locator('.clock').first().waitFor()],
    ['leads', '/leads', (page) => page.locator('.lead-card').first().waitFor()],
    ['network', `/networks/${largest.id}`, chart],
    ['network-selected', `/networks/${largest.id}`, select],
    ['network-table', `/networks/${largest.id}`, async (page) => { await chart(page); await page.getByRole('tab', { name: 'Table' }).click(); }],
    ['network-outline', `/networks/${largest.id}`, async (page) => { await chart(page); await page.getByRole('tab', { name: 'Outline' }).click(); await page.locator('.outline .chevron').first().click(); }],
    ['network-time', `/networks/${largest.id}`, brushed],
    ['network-what-if', `/networks/${largest.id}`, async (page) => { await chart(page); await page.getByRole('tab', { name: 'What if' }).click(); await page.getByRole('radio', { name: '3' }).click({ force: true }); for (let i = 0; i < 2; ++i) await page.getByRole('button', { name: 'Next step' }).click(); }],
    ['network-map', `/networks/${largest.id}`, async (page) => { await chart(page); await page.getByRole('tab', { name: 'Map' }).click(); await page.waitForFunction(() => document.querySelector('.land')?.getAttribute('d')?.length > 1000); }],
    ['network-money', `/networks/${largest.id}`, async (page) => { await chart(page); await page.getByRole('tab', { name: 'Money' }).click(); await page.locator('.lanes').waitFor(); }],
    ['leads-decide', '/leads', async (page) => { await page.locator('.lead-card').nth(1).getByRole('button', { name: 'Decide' }).click(); await page.getByRole('dialog').waitFor(); }],
    ['case', `/cases/${kept.id}`, (page) => page.getByText('Timeline of the case').waitFor()],
    ['cases', '/cases', (page) => page.getByRole('row').nth(1).waitFor()],
    ['inbox', '/inbox', (page) => page.getByRole('row').nth(1).waitFor()],
    ['why', '/why', asked],
    ['record', `/records/${largest.members.at(-1)}`, (page) => page.getByText('As it came in').waitFor()],
    ['search', '/search', found],
    ['help', '/help', (page) => page.getByText(/Ovillo \d/).waitFor()],
  ];
  const wanted = screens.filter(([name]) => process.argv.length < 3 || process.argv.slice(2).some((word) => name.includes(word)));
  for (const viewport of SIZES)
    for (const colorScheme of ['light', 'dark'])
      for (const [name, path, ready] of wanted) {
        const { page, context } = await openPage(kase, path, { viewport, colorScheme });
        await ready(page);
        await page.waitForTimeout(250);
        writeFileSync(join(FOLDER, `${name}-${viewport.width}-${colorScheme}.png`), smallPng(await page.screenshot()));
        await context.close();
      }
} finally {
  await kase.close();
}
