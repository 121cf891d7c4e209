import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ask, signIn } from './support/people.mjs';

const INVENTORY = fileURLToPath(new URL('../fixtures/use-case-inventory.csv', import.meta.url));

/** Uploads the inventory and answers the page of its import, at its columns. */
async function upload(page) {
  await page.goto('/f/harbour/imports/new');
  await page.getByLabel('Inventory file').setInputFiles(INVENTORY);
  await page.getByRole('button', { name: 'Upload and read the file' }).click();
  await page.getByRole('heading', { name: 'Where does each column go?' }).waitFor();
}

/** An adviser brings a real-life inventory in, and brings it in again. */
export default async function (world) {
  const page = await signIn(world, 'ana.ruiz@harbour.example');

  await world.check('nothing but a table is taken', async () => {
    await page.goto('/f/harbour/imports/new');
    await page.getByRole('button', { name: 'Upload and read the file' }).click();
    await page.getByRole('alert').getByText('Choose the file that holds your inventory.').waitFor();
    await page.getByLabel('Inventory file').setInputFiles({
      name: 'list.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF'),
    });
    await page.getByRole('alert').getByText('This is neither a CSV nor an .xlsx file').waitFor();
  });

  await world.check('columns are recognised, and their values matched', async () => {
    await upload(page);
    await page.getByText('9 rows').waitFor();
    const agency = page.getByLabel('Goes to: Agency', { exact: true });
    assert.equal(await agency.inputValue(), 'organisation');
    await page
      .getByRole('row', { name: /Stage of Development/ })
      .getByRole('button')
      .click();
    assert.equal(await page.getByLabel('Means: Operation and Maintenance').inputValue(), 'live');
  });

  await world.check(
    'without a name column the file is not checked, and focus says so',
    async () => {
      const name = page.getByLabel('Goes to: Use Case Name');
      await name.selectOption('');
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByRole('alert').getByText('Choose the column that holds the name').waitFor();
      await name.selectOption('name');
    },
  );

  await world.check('the check says what would happen, row by row', async () => {
    await page.getByLabel('Add clients that the file names').check();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('heading', { name: 'What this import would do' }).waitFor();
    await page.getByText('Department of Orchards, Bureau of Letters').waitFor();
    const csv = page.getByRole('link', { name: 'Download all problems (CSV)' });
    const [download] = await Promise.all([page.waitForEvent('download'), csv.click()]);
    assert.equal(download.suggestedFilename(), 'problems.csv');
  });

  await world.check('one can go back to the columns and find everything as it was', async () => {
    await page.getByRole('button', { name: 'Change the columns' }).click();
    await page.waitForURL('**?show=columns');
    assert.ok(await page.getByLabel('Add clients that the file names').isChecked());
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('heading', { name: 'What this import would do' }).waitFor();
  });

  await world.check('the import runs to its end, also when the page is loaded again', async () => {
    await page.getByRole('button', { name: 'Import 9 AI systems into 2 clients' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'What this import did' }).waitFor();
    await page.getByRole('link', { name: 'See your clients' }).click();
    await page.getByRole('link', { name: 'Department of Orchards', exact: true }).click();
    await page.getByRole('heading', { name: 'Department of Orchards', level: 1 }).waitFor();
  });

  await world.check('the same file again creates nothing', async () => {
    await upload(page);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('heading', { name: 'What this import would do' }).waitFor();
    await page.getByText('Nothing would change').waitFor();
    const { items } = await ask(page, '/api/organisations/harbour/imports');
    assert.equal(items[0].outcome.create, 0);
    assert.equal(items[0].outcome.unchanged, 9);
  });
}
