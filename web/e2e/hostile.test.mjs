// Adverts are hostile text: on every screen they stand as they were written, and none of it runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCase, openPage } from './harness.mjs';

const HOSTILE = ['<script>window.pwned=1</script>', '"><img src=x onerror=window.pwned=1>', '<svg onload=window.pwned=1>', "'-window.pwned=1-'",
  'javascript:window.pwned=1', '</textarea><script>window.pwned=1</script>', '<a href="javascript:window.pwned=1">here</a>', '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '{{constructor.constructor("window.pwned=1")()}}', '<style>*{display:none}</style>', '<math><mtext><img src=x onerror=window.pwned=1>'];
const MARK = 'vijandigetekst';
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const rows = Array.from({ length: 44 }, (_, i) => {
  const hostile = HOSTILE[i % HOSTILE.length];
  const text = `Help me, I am only 15 years old and he does not let me leave ${MARK} ${hostile} call or write ${hostile}`;
  return [`${hostile} ${i}`, `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00`, text, `+44 7700 900${String(i % 4).padStart(3, '0')}`, hostile].map(quoted).join(',');
});

let kase;
before(async () => {
  kase = await openCase(300, { written: ['id,posted_at,text,phone,place', ...rows].join('\n') });
});
after(() => kase?.close());

/** Opens a screen, does `task`, and asks that nothing of the adverts became markup or ran. */
async function quiet(path, task = async () => {}) {
  const { page, context, faults } = await openPage(kase, path);
  try {
    page.on('dialog', (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
    await task(page);
    await page.waitForLoadState('networkidle');
    const found = await page.evaluate(() => ({
      ran: 'pwned' in window,
      markup: [...document.querySelectorAll('*')].filter((one) => one.getAttributeNames().some((name) => name.startsWith('on') || /^\s*javascript:/i.test(one.getAttribute(name) ?? ''))).length,
      strange: document.querySelectorAll('main iframe, main script, main math, main object, main embed, img[src="x"]').length,
    }));
    assert.deepEqual(found, { ran: false, markup: 0, strange: 0 }, path);
    // The page's policy had nothing to stop: nobody tried.
    assert.deepEqual(faults(), []);
    return await page.locator('main').innerText();
  } finally {
    await context.close();
  }
}

test('urgent: hostile words are shown as words', async () => {
  const said = await quiet('/urgent', async (page) => {
    const folded = page.getByRole('button', { name: /Show the text/ });
    await folded.first().waitFor();
    // One that is open has another name: the first that is left, again and again.
    for (let left = await folded.count(); left > 0; --left) await folded.first().click();
  });
  assert.ok(said.includes(MARK));
  for (const hostile of ['<script>window.pwned=1</script>', '<svg onload=window.pwned=1>', '<style>*{display:none}</style>']) assert.ok(said.includes(hostile), hostile);
});

test('leads, networks and their records', async () => {
  await quiet('/leads');
  const { networks } = await kase.get('/api/networks');
  let shown = '';
  for (const network of networks.slice(0, 3)) {
    await quiet(`/networks/${network.id}`, (page) => page.waitForFunction(() => window.ovilloChart?.nodes().length > 0));
    for (const member of network.members.slice(0, 2)) shown += await quiet(`/records/${member}`);
  }
  assert.ok(shown.length > 0);
});

test('search: what is asked and what is found', async () => {
  for (const asked of [MARK, HOSTILE[0], HOSTILE[1]]) {
    await quiet('/search', async (page) => {
      const field = page.locator('main input').first();
      await field.fill(asked);
      await field.press('Enter');
    });
  }
});

test('addresses that somebody sends', async () => {
  for (const hostile of ['<img src=x onerror=window.pwned=1>', 'javascript:window.pwned=1', '"><script>window.pwned=1</script>']) {
    const { page, context } = await openPage(kase, '/help');
    await page.goto(`${kase.origin}/networks/${encodeURIComponent(hostile)}?q=${encodeURIComponent(hostile)}#${encodeURIComponent(hostile)}`);
    await page.getByRole('alert').waitFor();
    assert.equal(await page.evaluate(() => 'pwned' in window), false);
    assert.equal(await page.locator('img[src="x"], main script').count(), 0);
    await context.close();
  }
});
