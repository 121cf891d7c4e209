import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { confirmPassword, signIn } from './support/people.mjs';

/** A pack is made, taken away, and checked by somebody without an account; then a changed copy. */
export default async function (world) {
  const page = await signIn(world, 'daniel.okoye@northgate.example');

  await world.check('a pack asks for the password again, and is made', async () => {
    await page.goto('/c/northgate/exports/new');
    await page.getByRole('button', { name: 'Create the pack' }).click();
    await page.getByRole('alert').getByText('Choose what the pack is about.').waitFor();
    await page.getByRole('radio', { name: /One AI system/ }).check();
    await page.getByRole('radio', { name: 'CV Screener' }).check();
    await page.getByRole('button', { name: 'Create the pack' }).click();
    // Whoever has just signed in has shown who they are; otherwise the password is asked in place.
    const dialog = page.getByRole('dialog');
    await Promise.race([
      dialog.waitFor(),
      page.waitForURL((url) => !url.pathname.endsWith('/new')),
    ]);
    if (await dialog.isVisible()) await confirmPassword(page);
    await page.getByRole('link', { name: /^Download / }).waitFor({ timeout: 60_000 });
  });

  const pack = await world.check('it can be downloaded, and its hash is on the page', async () => {
    const link = page.getByRole('link', { name: /^Download / });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const content = readFileSync(await download.path());
    await page.getByText(createHash('sha256').update(content).digest('hex')).waitFor();
    return content;
  });

  const reader = await world.newPage();
  const check = async (buffer) => {
    await reader.goto('/verify');
    await reader
      .getByLabel('Evidence pack (.zip)')
      .setInputFiles({ name: 'pack.zip', mimeType: 'application/zip', buffer });
    await reader.getByRole('button', { name: 'Check this pack' }).click();
  };

  await world.check('anybody can check it in the browser: it is genuine', async () => {
    await check(pack);
    await reader.getByRole('heading', { name: 'This file is genuine' }).waitFor();
  });

  await world.check('a changed copy is told, with the file that differs', async () => {
    const changed = Buffer.from(pack);
    const at = changed.indexOf('Source-Organization');
    assert.ok(at > 0, 'the archive is stored, not packed');
    changed[at + 22] ^= 1;
    await check(changed);
    await reader.getByRole('heading', { name: 'This file has been changed' }).waitFor();
    await reader.getByRole('cell', { name: 'bag-info.txt' }).waitFor();
  });

  await world.check('another key and another file are refused in words', async () => {
    await check(Buffer.from('this is no pack'));
    await reader.getByRole('alert').getByText('cannot be read as an evidence pack').waitFor();
    await reader.getByRole('radio', { name: 'A key that I was given' }).check();
    await reader.getByLabel('Public key (PEM)').fill('not a key');
    await reader.getByRole('button', { name: 'Check this pack' }).click();
    await reader.getByRole('alert').getByText('This is not an Ed25519 public key').waitFor();
  });
}
