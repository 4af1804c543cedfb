// Times of the workbench in a browser without a graphics card, on a made-up network; prints lines of
// `figure  value`. No assertion: a slow machine is no fault. A local server hands out web/dist and
// answers the few questions of the page, so that only the page is measured.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const DIST = join(import.meta.dirname, '../dist');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const ID = 'f'.repeat(32);

/** Numbers that look like chance and are the same every time. */
function chance(seed = 1) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Hubs with their leaves, each hub joined to others; every record touches a hub and two of its leaves. */
export function invented(nNodes, nMoments) {
  const next = chance();
  const nHubs = Math.max(1, Math.floor(nNodes / 40));
  const entity = (i) => i.toString(16).padStart(32, '0');
  const kinds = ['phone', 'account', 'iban', 'template', 'handle'];
  const members = Array.from({ length: nNodes }, (_, i) => ({ entity: entity(i), kind: kinds[i % kinds.length], canonical: `+32470${String(i).padStart(6, '0')}`, n_records: 1 + next(9) }));
  const links = [];
  const link = (a, b) => links.push({ a: entity(a), b: entity(b), kind: 'association', weight_bits: 2 + next(80) / 4, n_records: 1, statement: 'inference' });
  for (let i = nHubs; i < nNodes; ++i) link(i % nHubs, i);
  for (let i = 0; i < nNodes; ++i) if (i !== next(nNodes)) link(next(nHubs), next(nNodes));
  const places = members.map((one) => ({ entity: one.entity, x: next(4000) / 20, y: next(4000) / 20 }));
  const moments = Array.from({ length: nMoments }, (_, record) => {
    const hub = next(nHubs);
    const leaf = () => Math.min(nNodes - 1, hub + nHubs * (1 + next(38)));
    return { record, time: new Date(Date.UTC(2025, 0, 1) + next(720) * 86_400_000).toISOString().slice(0, 10), members: [...new Set([hub, leaf(), leaf()])].sort((x, y) => x - y) };
  }).sort((x, y) => (x.time < y.time ? -1 : 1));
  const records = moments.map(({ record, time }) => ({ record: record.toString(16).padStart(32, '0'), kind: 'advert', source: 'platform', file: 'adverts.csv', row: record + 2, time, raw: '' }));
  return {
    network: { id: ID, key: ID, members, links, signs: [], records, clusters: [], stock: [], newest: '2026-12-01T00:00:00Z' },
    chart: { id: ID, places, moments },
  };
}

function serve(answers) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.startsWith('/api/')) {
      const answer = answers[pathname];
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { error: { code: 'flow.no_such_thing', sentence: 'none', detail: '' } }));
      return;
    }
    const file = extname(pathname) ? pathname : '/index.html';
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(join(DIST, file)));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

async function opened(browser, { network, chart }, task) {
  const server = await serve({
    '/api/session': { doors: false, user: 'owner', owner: true, sees_cases: true, acts: [] },
    '/api/urgent': { urgent: [], unread: [] },
    '/api/leads': { leads: [] },
    [`/api/networks/${ID}`]: network,
    [`/api/charts/${ID}`]: chart,
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  try {
    const before = performance.now();
    await page.goto(`http://127.0.0.1:${server.address().port}/networks/${ID}`);
    await page.waitForFunction(() => window.ovilloChart?.nodes().length > 0, null, { timeout: 120_000 });
    return await task(page, performance.now() - before);
  } finally {
    await context.close();
    server.close();
  }
}

const said = (figure, value) => console.log(`${figure.padEnd(58)} ${value}`);

/** From a key on the strip until the picture that shows it. */
const brushes = async (page, n = 8) => {
  await page.getByRole('slider', { name: 'End of the span' }).focus();
  await page.keyboard.press('Home');
  const times = [];
  for (let i = 0; i < n; ++i) times.push(await page.evaluate(() => new Promise((done) => {
    const before = performance.now();
    document.querySelector('.grip-to').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true, cancelable: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
  })));
  return times.sort((x, y) => x - y);
};

/** Frames a second while the chart is dragged for two seconds, as the pointer does it. */
const panning = (page) => page.evaluate(() => new Promise((done) => {
  const canvas = document.querySelector('.chart canvas');
  const { left, top } = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => undefined;
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { clientX: left + x, clientY: top + y, button: 0, pointerId: 1, bubbles: true }));
  // A corner of the chart where no node lies: what is dragged is the chart.
  send('pointerdown', 3, 3);
  const before = performance.now();
  let n = 0;
  const step = () => {
    const ms = performance.now() - before;
    if (ms > 2000) {
      send('pointerup', 3, 3);
      done((1000 * n) / ms);
      return;
    }
    ++n;
    send('pointermove', 3 + (n % 40) * 4, 3 + (n % 30) * 3);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}));

/** From a click until the picture that shows what it did. */
const clicked = async (page, locator) => {
  await locator.waitFor();
  return locator.evaluate((element) => new Promise((done) => {
    const before = performance.now();
    element.click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
  }));
};

/** Bytes of script the page asked for, as they travel: compressed. */
async function scriptBytes(page) {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname).filter((name) => name.endsWith('.js')));
  return [...new Set(names)].reduce((sum, name) => sum + gzipSync(readFileSync(join(DIST, name)), { level: 9 }).length, 0);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
try {
  await opened(browser, invented(200, 200), async (page, openMs) => {
    said('first visit, 200 members: address to chart', `${openMs.toFixed(0)} ms`);
    said('scripts of the network screen, compressed', `${((await scriptBytes(page)) / 1000).toFixed(0)} kB`);
  });
  for (const [nNodes, nMoments] of [[2000, 20_000], [20_000, 20_000]])
    await opened(browser, invented(nNodes, nMoments), async (page, openMs) => {
      const name = `${nNodes} members, ${nMoments} dated records`;
      said(`${name}: address to first chart`, `${openMs.toFixed(0)} ms, ${await page.evaluate(() => window.ovilloChart.nodes().length)} shown`);
      const times = await brushes(page);
      said(`${name}: one brush, median / worst`, `${times[times.length >> 1].toFixed(0)} / ${times.at(-1).toFixed(0)} ms`);
      said(`${name}: panning the first chart`, `${(await panning(page)).toFixed(1)} frames/s`);
      said(`${name}: all on the chart`, `${(await clicked(page, page.getByRole('button', { name: 'Show all' }))).toFixed(0)} ms`);
      said(`${name}: panning all`, `${(await panning(page)).toFixed(1)} frames/s`);
      const all = await brushes(page, 4);
      said(`${name}: one brush with all shown, median / worst`, `${all[all.length >> 1].toFixed(0)} / ${all.at(-1).toFixed(0)} ms`);
    });
} finally {
  await browser.close();
}
