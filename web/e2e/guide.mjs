// Writes the pictures of docs/guide: every screen, two sizes, light and dark, on the invented case.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCase, openPage } from './harness.mjs';
import { smallPng } from './smallPng.mjs';

const FOLDER = join(import.meta.dirname, '../../docs/guide');
const SIZES = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }];

const kase = await openCase(6000);
try {
  mkdirSync(FOLDER, { recursive: true });
  const { networks } = await kase.get('/api/networks');
  const largest = networks.reduce((most, one) => (one.n_entities > most.n_entities ? one : most));
  const { links } = await kase.get(`/api/networks/${largest.id}`);
  const chart = (page) => page.waitForFunction(() => window.ovilloChart?.nodes().length > 0);
  const select = async (page) => {
    await chart(page);
    const at = await page.evaluate(() => window.ovilloChart.placeOf(window.ovilloChart.nodes()[1]));
    await page.mouse.click(at.x, at.y);
    await page.getByRole('tab', { name: 'Selection' }).click();
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
    ['why', '/why', asked],
    ['record', `/records/${largest.members.at(-1)}`, (page) => page.getByText('As it came in').waitFor()],
    ['search', '/search', found],
    ['help', '/help', (page) => page.getByText(/Ovillo \d/).waitFor()],
  ];
  for (const viewport of SIZES)
    for (const colorScheme of ['light', 'dark'])
      for (const [name, path, ready] of screens) {
        const { page, context } = await openPage(kase, path, { viewport, colorScheme });
        await ready(page);
        await page.waitForTimeout(250);
        writeFileSync(join(FOLDER, `${name}-${viewport.width}-${colorScheme}.png`), smallPng(await page.screenshot()));
        await context.close();
      }
} finally {
  await kase.close();
}
