import { statSync } from 'node:fs';
import { inRoot } from '../../infra/run/places.mjs';
import { ask, confirmPassword, signIn } from '../e2e/support/people.mjs';

const FOLDER = inRoot('docs/guide/pictures');
const MOST_BYTES = 200_000;
const DESK = { colorScheme: 'light', viewport: { width: 1280, height: 860 } };
const DARK = { ...DESK, colorScheme: 'dark' };
const PHONE = { colorScheme: 'light', viewport: { width: 390, height: 760 } };
const NORTHGATE = '/c/northgate';
const api = (path) => `/api/organisations/northgate/${path}`;

/** Waits until nothing is loading or moving, then keeps what a window of this height shows as `name`. */
async function take(page, name, height = DESK.viewport.height) {
  const { width } = page.viewportSize();
  await page.setViewportSize({ width, height });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => globalThis.document.fonts.ready);
  const path = `${FOLDER}/${name}.png`;
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes, at most ${MOST_BYTES}.`);
}

/** Opens an address and waits for a text of it. */
async function open(page, address, text) {
  await page.goto(address);
  await page.getByText(text).first().waitFor();
}

const systemNamed = async (page, name) => {
  const { items } = await ask(page, api(`ai-systems?q=${encodeURIComponent(name)}`));
  return items.find((one) => one.name === name);
};

/** The pictures of docs/guide, in the order in which the guide shows them. */
export default async function pictures(world) {
  const email = (name, domain = 'northgate') => `${name}@${domain}.example`;
  const ana = await signIn(world, email('ana.ruiz', 'harbour'), DESK);
  const priya = await signIn(world, email('priya.shah'), DESK);
  const daniel = await signIn(world, email('daniel.okoye'), DESK);
  const screener = await systemNamed(daniel, 'CV Screener');

  await world.check('an adviser’s portfolio', async () => {
    await open(ana, '/f/harbour', 'Northgate Foods');
    await take(ana, 'portfolio');
  });

  await world.check('an AIMS manager’s home', async () => {
    await open(daniel, NORTHGATE, 'Requirements');
    await take(daniel, 'home', 1200);
  });

  await world.check('the page of an AI system', async () => {
    await open(daniel, `${NORTHGATE}/ai-systems/${screener.id}`, 'CV Screener');
    await take(daniel, 'ai-system');
  });

  await world.check('the run that led to the decision, in the dark', async () => {
    const { items } = await ask(daniel, api(`runs?aiSystem=${screener.id}`));
    const run = items.find(({ workflow }) => workflow.key === 'WF-DEPLOY');
    const page = await signIn(world, email('daniel.okoye'), DARK);
    await open(page, `${NORTHGATE}/runs/${run.id}`, 'CV Screener');
    await take(page, 'run-dark');
  });

  await world.check('a metric that is watched', async () => {
    const { items } = await ask(ana, '/api/organisations/fernhill/monitors');
    const watched = items.find(({ lastAt }) => lastAt);
    await open(ana, `/c/fernhill/monitors/${watched.id}`, watched.name);
    await take(ana, 'monitor');
  });

  await world.check('an inventory before it is imported', async () => {
    await daniel.goto(`${NORTHGATE}/imports/new`);
    await daniel.locator('input[type=file]').setInputFiles({
      name: 'inventory.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        [
          'Name,Purpose,Supplier',
          'Translation helper,Translates mails of customers,LinguaSoft',
          'Price forecast,Predicts the price of wheat,GrainStat',
          '',
        ].join('\n'),
      ),
    });
    await daniel.getByRole('button', { name: 'Upload and read the file' }).click();
    await daniel.getByText('Where does each column go?').waitFor();
    await take(daniel, 'import');
  });

  await world.check('tasks on a phone', async () => {
    const page = await signIn(world, email('priya.shah'), PHONE);
    await open(page, `${NORTHGATE}/tasks`, 'CV Screener');
    await take(page, 'tasks-phone', PHONE.viewport.height);
  });

  await world.check('a decision to take, and its receipt', async () => {
    await open(priya, `${NORTHGATE}/tasks`, 'CV Screener');
    await priya
      .getByRole('link', { name: /CV Screener/ })
      .first()
      .click();
    await priya.getByText('What you are deciding').waitFor();
    await take(priya, 'decide');
    await priya
      .getByRole('radio', { name: /^Start the pilot/ })
      .first()
      .check();
    await priya.getByLabel(/^Why\?/).fill('Every refusal is read by a second person.');
    await priya.getByRole('button', { name: 'Check decision' }).click();
    await priya.getByRole('button', { name: 'Record decision' }).click();
    const receipt = priya.getByText('Decision recorded');
    const dialog = priya.getByRole('dialog');
    await dialog.or(receipt).first().waitFor();
    if (await dialog.count()) await confirmPassword(priya);
    await receipt.waitFor();
    await take(priya, 'receipt');
  });

  await world.check('an evidence pack, and the page that checks it', async () => {
    await open(daniel, `${NORTHGATE}/exports/new`, 'What is it about?');
    await daniel.getByRole('radio', { name: /^All of/ }).check();
    await daniel.getByRole('button', { name: 'Create the pack' }).click();
    const download = daniel.getByRole('link', { name: /^Download/ });
    await download.or(daniel.getByRole('dialog')).first().waitFor();
    if (await daniel.getByRole('dialog').count()) await confirmPassword(daniel);
    await download.waitFor({ timeout: 120_000 });
    await take(daniel, 'pack');
    const coming = daniel.waitForEvent('download');
    await download.click();
    const pack = await (await coming).path();
    const anyone = await world.newPage(DESK);
    await open(anyone, '/verify', 'Check an evidence pack');
    await anyone.locator('input[type=file]').setInputFiles(pack);
    await anyone.getByRole('button', { name: 'Check this pack' }).click();
    await anyone.getByText('What was checked').waitFor();
    await take(anyone, 'verify');
  });
}
