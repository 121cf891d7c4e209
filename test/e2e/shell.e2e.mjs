import assert from 'node:assert/strict';
import { signIn } from './support/people.mjs';

/** Signing in, finding one's way, switching clients by keyboard, and leaving. */
export default async function (world) {
  const stranger = await world.newPage();
  await world.check('a wrong password is refused in words, and the address is kept', async () => {
    await stranger.goto('/c/northgate/ai-systems');
    await stranger.getByLabel('E-mail address').fill('priya.shah@northgate.example');
    await stranger.getByLabel('Password').fill('not the right one');
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    const alert = stranger.getByRole('alert');
    await alert.getByText('The e-mail address or the password is wrong.').waitFor();
    assert.equal(
      await stranger.getByLabel('E-mail address').inputValue(),
      'priya.shah@northgate.example',
    );
    assert.ok(
      await stranger.evaluate(() => document.activeElement?.getAttribute('role') === 'alert'),
      'the summary has focus',
    );
  });

  await world.check('after signing in one is where one wanted to go', async () => {
    await stranger.getByLabel('Password').fill('plumb-line-demo-2026');
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByRole('heading', { name: 'AI systems', level: 1 }).waitFor();
    assert.equal(await stranger.title(), 'AI systems · Northgate Foods');
  });

  await world.check('an approver starts at their tasks, an adviser at the portfolio', async () => {
    const approver = await signIn(world, 'priya.shah@northgate.example');
    await approver.waitForURL('**/c/northgate/tasks');
    const adviser = await signIn(world, 'ana.ruiz@harbour.example');
    await adviser.waitForURL('**/f/harbour');
  });

  const page = await signIn(world, 'ana.ruiz@harbour.example');
  await world.check('the switcher keeps the section and drops the record', async () => {
    await page.goto('/c/northgate/evidence');
    await page.getByRole('heading', { name: 'Evidence', level: 1 }).waitFor();
    await page.keyboard.press('Control+Shift+K');
    const switcher = page.getByRole('combobox', { name: 'Switch organisation' });
    await switcher.fill('blue');
    await page.getByRole('option', { name: /Bluelight Care/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/bluelight/evidence');
    await page.getByText('as an adviser from Harbour & Co').waitFor();
    assert.equal(await page.title(), 'Evidence · Bluelight Care');
  });

  await world.check('the palette goes, does and finds, by keyboard alone', async () => {
    await page.goto('/c/northgate/evidence');
    await page.getByRole('heading', { name: 'Evidence', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: /Search or jump/ });
    await box.fill('cv scr');
    await page
      .getByRole('option', { name: /CV Screener/ })
      .first()
      .waitFor();
    const active = await box.getAttribute('aria-activedescendant');
    assert.ok(active, 'the option in reach is announced');
    await box.fill('> dark');
    await page.getByRole('option', { name: 'Use dark colours' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.classList.contains('user-dark'));
  });

  await world.check('single keys do nothing while somebody types', async () => {
    await page.goto('/c/northgate/ai-systems');
    const search = page.getByRole('searchbox');
    await search.fill('');
    await search.pressSequentially('?/k');
    assert.equal(await search.inputValue(), '?/k');
    assert.equal(await page.getByRole('dialog').count(), 0);
  });

  await world.check('filters live in the address', async () => {
    // Other journeys add AI systems, but no second one of this name.
    await page.goto('/c/northgate/ai-systems?q=CV%20Screener');
    await page.getByRole('status').getByText('1 matches').waitFor();
    await page.getByLabel('Stage').selectOption('retired');
    await page.waitForURL(/stage=retired/);
    await page.getByRole('status').getByText('0 match').waitFor();
    await page.reload();
    await page.getByRole('status').getByText('0 match').waitFor();
  });

  await world.check('a client of others looks like one that does not exist', async () => {
    const other = await signIn(world, 'priya.shah@northgate.example');
    for (const slug of ['bluelight', 'nobody-has-this']) {
      await other.goto(`/c/${slug}`);
      await other.getByRole('heading', { name: 'You cannot go in here' }).waitFor();
    }
  });

  await world.check('signing out ends the session here', async () => {
    await page.getByRole('button', { name: /Account of Ana Ruiz/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/f/harbour');
    await page.waitForURL('**/sign-in?next=%2Ff%2Fharbour');
  });
}
