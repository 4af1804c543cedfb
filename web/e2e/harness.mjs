// An invented case behind the real `ovillo serve`, and a browser that may speak to nobody else.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const BINARY = process.env.OVILLO_BIN ?? join(import.meta.dirname, '../../build/release/cli/ovillo');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const KINDS = { adverts: 'platform_report', recruitment: 'platform_report', reports: 'public_tip' };

function ovillo(...words) {
  return execFileSync(BINARY, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * A workspace with an invented case brought in and worked out. `written` is a CSV of adverts beside it, `lists` are CSVs of
 * persons, by source.
 */
function workspaceIn(folder, adverts, written, lists) {
  const workspace = join(folder, 'workspace');
  const at = ['--workspace', workspace];
  writeFileSync(join(folder, 'id.key'), '00112233445566778899aabbccddeeff'.repeat(2));
  ovillo('init', workspace, '--id-key', join(folder, 'id.key'));
  ovillo('synth', join(folder, 'invented'), '--adverts', String(adverts), '--seed', '7');
  const files = join(folder, 'invented', 'ghent-thb');
  for (const file of readdirSync(files).filter((name) => name.endsWith('.csv')).sort()) {
    if (file === 'employers.csv') continue;
    const source = file.replace('.csv', '');
    ovillo('source', 'add', source, '--authorisation', KINDS[source] ?? 'judicial_order', '--authority', 'Investigating judge', '--reference', '2026-114', '--valid-from', '2025-01-01', '--region', 'BE', ...at);
    ovillo('import', join(files, file), '--source', source, ...at);
  }
  if (written) {
    writeFileSync(join(folder, 'written.csv'), written);
    ovillo('source', 'add', 'written', '--authorisation', 'platform_report', '--authority', 'Platform X', '--reference', '2026-115', '--valid-from', '2025-01-01', '--region', 'BE', ...at);
    ovillo('import', join(folder, 'written.csv'), '--source', 'written', ...at);
  }
  for (const [source, text] of Object.entries(lists)) {
    writeFileSync(join(folder, `${source}.csv`), text);
    ovillo('source', 'add', source, '--authorisation', 'judicial_order', '--authority', 'Investigating judge', '--reference', '2026-116', '--valid-from', '2025-01-01', '--region', 'GB', ...at);
    ovillo('import', join(folder, `${source}.csv`), '--source', source, ...at);
  }
  ovillo('run', ...at);
  return workspace;
}

/** Gives the owner and one analyst a password: from then on users sign in. @return words for `serve`. */
function withDoors(folder, workspace, [name, password]) {
  const file = (user, text) => {
    writeFileSync(join(folder, `${user}.password`), `${text}\n`);
    return join(folder, `${user}.password`);
  };
  const owner = file('owner', 'five words nobody says of owner');
  const as = ['--user', 'owner', '--password-file', owner];
  const at = ['--workspace', workspace];
  ovillo('user', 'add', name, '--role', 'analyst', ...at);
  ovillo('grant', name, 'main', ...at);
  ovillo('user', 'password', 'owner', '--new-password-file', owner, ...at);
  ovillo('user', 'password', name, '--new-password-file', file(name, password), ...as, ...at);
  return as;
}

async function served(workspace, words) {
  const process = spawn(BINARY, ['serve', '--port', '0', '--workspace', workspace, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const bytes of process.stdout) {
    said += bytes;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (found) return { process, origin: found[0] };
  }
  throw new Error(`serve ended: ${said}`);
}

/** Opens the case; close() ends what was begun. Asks of any other host and words in the console are kept. */
export async function openCase(adverts = 2000, { analyst, written, lists = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ovillo-web-'));
  const workspace = workspaceIn(folder, adverts, written, lists);
  const { process, origin } = await served(workspace, analyst ? withDoors(folder, workspace, analyst) : []);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    origin,
    browser,
    get: async (path) => (await fetch(origin + path)).json(),
    post: async (path, body) => (await fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json(),
    close: async () => {
      await browser.close();
      process.kill('SIGTERM');
      await new Promise((ended) => process.once('exit', ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A page that writes down what must not happen; `faults()` is empty when nothing did. */
export async function openPage(kase, path, options = {}) {
  const context = await kase.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const faults = [];
  const expected = options.expectedFaults ?? [];
  page.on('request', (request) => {
    if (!request.url().startsWith(kase.origin) && !/^(data|blob):/.test(request.url())) faults.push(`asked elsewhere: ${request.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  await page.goto(kase.origin + path);
  await page.waitForSelector('main h1');
  return { page, context, faults: () => faults.filter((fault) => !expected.some((known) => fault.includes(known))) };
}

/** Violations of axe-core on what the page shows now, one line each. */
export async function axe(page) {
  // By evaluate, not as a script element: the page's policy allows none from outside.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    const { readFileSync } = await import('node:fs');
    await page.evaluate(readFileSync(AXE, 'utf8'));
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}
