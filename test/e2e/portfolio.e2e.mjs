import assert from 'node:assert/strict';
import { ask, signIn } from './support/people.mjs';

/** A firm's morning: who needs us, why, and a client that is new. */
export default async function (world) {
  const page = await signIn(world, 'ana.ruiz@harbour.example');

  await world.check('the client that needs the firm first is named, with the reason', async () => {
    await page.getByRole('heading', { name: 'Needs you first' }).waitFor();
    const { items } = await ask(page, '/api/organisations/harbour/portfolio?needs=firm&limit=1');
    await page.getByText(items[0].reasons[0].text).first().waitFor();
    await page.getByRole('link', { name: `Open next: ${items[0].name}` }).waitFor();
  });

  await world.check('a number opens the list that it counts', async () => {
    const { items } = await ask(page, '/api/organisations/harbour/portfolio');
    const client = items.find(({ slug }) => slug === 'northgate');
    await page
      .getByRole('row', { name: /Northgate Foods/ })
      .getByRole('link', { name: `${client.systems}, ${client.live} live` })
      .click();
    await page.waitForURL('**/c/northgate/ai-systems');
    await page.getByText(`${client.systems} AI systems`).waitFor();
  });

  await world.check('a filter that finds nothing says which, and can be cleared', async () => {
    await page.goto('/f/harbour?q=no-client-has-this');
    await page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor();
    await page.getByText('You are looking for “no-client-has-this”.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: 'Northgate Foods', exact: true }).waitFor();
  });

  await world.check('a client is added in three short pages and a look back', async () => {
    await page.getByRole('link', { name: 'Add a client' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Marram Textiles');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Uses AI systems').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ines Okafor');
    await page.getByLabel('Work e-mail address').fill('not an address');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Add Marram Textiles' }).click();
    await page.getByRole('alert').getByText('Enter an e-mail address like').waitFor();
    await page.getByLabel('Work e-mail address').fill('ines.okafor@marram.example');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Add Marram Textiles' }).click();
    await page.getByRole('heading', { name: 'Marram Textiles', level: 1 }).waitFor();
    assert.match(page.url(), /\/c\/marram-textiles$/);
  });

  await world.check('the first person there joins by the link in the mail', async () => {
    const guest = await world.newPage();
    await guest.goto('/outbox');
    const mail = guest.getByRole('region', { name: /Marram Textiles/ }).first();
    await guest.waitForFunction(() => document.body.textContent.includes('Marram Textiles'));
    await mail.getByRole('link').click();
    await guest.getByRole('heading', { name: 'Join Marram Textiles' }).waitFor();
    await guest.getByLabel('Choose a password').fill('too short');
    await guest.getByRole('button', { name: 'Join Marram Textiles' }).click();
    await guest.getByRole('alert').getByText('Use at least 15 characters').waitFor();
    await guest.getByLabel('Choose a password').fill('a loom of quiet mornings');
    await guest.getByRole('button', { name: 'Join Marram Textiles' }).click();
    await guest.waitForURL('**/c/marram-textiles**');
    await guest.goto('/c/marram-textiles/engagements');
    await guest.getByRole('button', { name: 'Confirm the access of Harbour & Co' }).click();
    await guest.getByText('The access of Harbour & Co is confirmed').waitFor();
  });
}
