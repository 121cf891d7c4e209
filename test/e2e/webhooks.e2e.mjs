import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { axe, fits, LOOKS } from './support/axe.mjs';
import { ask, signIn } from './support/people.mjs';

/** Whether a call is signed with this secret, as the page for engineers says. */
function isSignedWith(secret, { headers, body }) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const { 'webhook-id': id, 'webhook-timestamp': at } = headers;
  const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return headers['webhook-signature'].split(' ').includes(`v1,${expected}`);
}

/** Cancels a run as the person of the page, so that something happens that is told. */
async function cancelARun(page) {
  const { items } = await ask(page, '/api/organisations/northgate/runs?status=running');
  assert.ok(items.length > 0, 'the demo has a run under way');
  const status = await page.evaluate(async (path) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Not needed any more.' }),
    });
    return answer.status;
  }, `/api/organisations/northgate/runs/${items[0].id}/cancel`);
  assert.equal(status, 200);
  return items[0].id;
}

/** The next call about this, signed with the secret; others that come before it are let go by. */
async function nextOf(receiver, type, secret) {
  for (;;) {
    const call = await receiver.next();
    assert.ok(isSignedWith(secret, call));
    const event = JSON.parse(call.body);
    if (event.type === type) return { ...call, event };
  }
}

const shownSecret = (page) => page.getByRole('textbox', { name: 'Signing secret' }).inputValue();
const deliveryOf = (page, name) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

/** Another system is told what happens: added, tried, told, failed, sent again, rolled, switched off. */
export default async function webhooks(world) {
  const { receiver } = world.more;
  const page = await signIn(world, 'daniel.okoye@northgate.example');
  let secret = '';
  let address = '';

  await world.check('an address that must not be called is refused beside its field', async () => {
    await page.goto('/c/northgate/webhooks');
    await page.getByText('No webhook').waitFor();
    await page.getByRole('link', { name: 'Add a webhook' }).click();
    await page.getByLabel('Address').fill('https://169.254.169.254/latest');
    await page.getByRole('checkbox', { name: /^Run ended/ }).check();
    await page.getByRole('button', { name: 'Add the webhook' }).click();
    await page.getByRole('alert').getByText('public internet').waitFor();
    await page.getByRole('link', { name: /public internet/ }).click();
    const focused = await page.evaluate(() => document.activeElement?.id);
    assert.equal(focused, 'url');
  });

  await world.check('an endpoint is added, and its secret shown once', async () => {
    await page.getByLabel('Address').fill(`${receiver.origin}/${'a-long-part/'.repeat(8)}`);
    await page.getByLabel('Description').fill('The desk of the journey');
    await page.getByRole('checkbox', { name: /^Task closed/ }).check();
    await page.getByRole('button', { name: 'Add the webhook' }).click();
    secret = await shownSecret(page);
    assert.match(secret, /^whsec_/);
    await axe(page);
    await page.getByRole('link', { name: 'I have stored it' }).click();
    await page.getByRole('heading', { level: 1, name: 'The desk of the journey' }).waitFor();
    address = new URL(page.url()).pathname;
    assert.equal((await page.content()).includes(secret), false);
  });

  await world.check('a test event arrives, signed, and the page says so by itself', async () => {
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await nextOf(receiver, 'webhook.test', secret);
    await deliveryOf(page, 'Test').getByText('Delivered', { exact: true }).first().waitFor();
  });

  await world.check('what happens here is told there, in ids, names and links', async () => {
    const runId = await cancelARun(page);
    const { data, organisation } = (await nextOf(receiver, 'run.ended', secret)).event;
    assert.equal(organisation.slug, 'northgate');
    assert.deepEqual([data.run.id, data.status], [runId, 'cancelled']);
    assert.equal(new URL(data.run.url).pathname, `/c/northgate/runs/${runId}`);
  });

  await world.check('what fails is shown with its attempt, and sent again by hand', async () => {
    receiver.answer = 503;
    await page.getByRole('button', { name: 'Send a test event' }).click();
    const first = await nextOf(receiver, 'webhook.test', secret);
    await page.getByText('Every call has failed since').waitFor();
    await page.getByLabel('State').selectOption('failed');
    await page.waitForURL(/state=failed/);
    await page.reload();
    const failed = deliveryOf(page, 'Test');
    await failed.getByText('Refused by the other side').waitFor();
    await failed.getByRole('link', { name: 'Test', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Test' }).waitFor();
    await page.getByRole('rowheader', { name: 'Attempt 1' }).waitFor();
    receiver.answer = 200;
    await page.getByRole('button', { name: 'Send it again' }).click();
    const second = await nextOf(receiver, 'webhook.test', secret);
    assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
    await page.getByRole('rowheader', { name: 'Attempt 2' }).waitFor();
    await page.getByText('Delivered', { exact: true }).first().waitFor();
  });

  await world.check('after a roll calls are signed with both secrets', async () => {
    await page.goto(address);
    await page.getByRole('link', { name: 'Roll the secret' }).click();
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    const rolled = await shownSecret(page);
    assert.notEqual(rolled, secret);
    await page.getByRole('link', { name: 'I have stored it' }).click();
    await page.getByText('also signed with the old one until').waitFor();
    await page.getByRole('button', { name: 'Send a test event' }).click();
    const call = await nextOf(receiver, 'webhook.test', secret);
    assert.ok(isSignedWith(rolled, call));
  });

  await world.check('its pages are clean in every look', async () => {
    const delivery = await deliveryOf(page, 'Test').first().getByRole('link').getAttribute('href');
    const storageState = await page.context().storageState();
    for (const look of LOOKS) {
      const other = await world.newPage({ ...look, storageState });
      const paths = ['', '?state=pending', '/change', '/secret'].map((path) => address + path);
      for (const path of ['/c/northgate/webhooks', ...paths, delivery]) {
        await other.goto(path);
        await other.getByRole('heading', { level: 1 }).waitFor();
        await other.waitForFunction(() => !document.querySelector('ui-skeleton'));
        await axe(other);
        await fits(other);
      }
      await other.close();
    }
  });

  await world.check('a technical lead looks at it, and has nothing to change it with', async () => {
    const lead = await signIn(world, 'sam.whitfield@northgate.example');
    await lead.goto(address);
    await deliveryOf(lead, 'Test').first().waitFor();
    const main = lead.getByRole('main');
    assert.equal(await main.getByRole('button', { name: /test event|Switch|Delete/ }).count(), 0);
    assert.equal(await main.getByRole('link', { name: /Roll|Change/ }).count(), 0);
  });

  await world.check(
    'it is changed, switched off and on, and deleted, by keyboard alone',
    async () => {
      await page.goto(`${address}/change`);
      await page.getByLabel('Description').fill('Another purpose');
      await page.getByLabel('Description').press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Another purpose' }).waitFor();
      await page.getByRole('button', { name: 'Switch off' }).press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Switch off' }).press('Enter');
      await page.getByRole('button', { name: 'Switch the webhook off' }).press('Enter');
      await page.getByText('This webhook is switched off.').waitFor();
      await page.getByRole('button', { name: 'Switch the webhook on' }).press('Enter');
      await page.getByRole('button', { name: 'Send a test event' }).waitFor();
      await page.getByRole('button', { name: 'Delete the webhook' }).press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Delete the webhook' }).press('Enter');
      await page.getByText('No webhook').waitFor();
    },
  );
}
