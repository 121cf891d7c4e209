/** The password of every person of the demo. */
export const PASSWORD = 'plumb-line-demo-2026';

/** Signs somebody in at a browser of their own; answers their page. Options are Playwright's. */
export async function signIn(world, email, options = {}) {
  const page = await world.newPage(options);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

/** Enters the password again where the product asks for it in place. */
export async function confirmPassword(page) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Confirm and go on' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Asks the API as the person of this page; for what a journey must know, never for what it checks. */
export async function ask(page, path) {
  return page.evaluate(async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return answer.json();
  }, path);
}
