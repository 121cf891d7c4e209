import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { node24 } from '../../../infra/run/node24.mjs';
import { ask, confirmPassword } from './people.mjs';

const SAMPLE = fileURLToPath(new URL('sample-answers.mjs', import.meta.url));

/** Longest list of options shown as radio buttons (the form renderer decides). */
const MOST_RADIOS = 8;

const idOf = (path) => `[id="q-${path.replaceAll('.', '-')}"]`;
const nth = (path, at) => (at === 0 ? idOf(path) : `[id="q-${path.replaceAll('.', '-')}-${at}"]`);

/** Complete answers to a task's form: those given by question, and plain ones to all the rest. */
export function answersTo(task, given, { person, evidence = 'evidence-1' }) {
  const { form, facts, values } = task;
  const yes = Object.fromEntries(
    form.sections
      .flatMap(({ fields }) => fields)
      .filter(({ type }) => type === 'yes-no')
      .map(({ key }) => [key, true]),
  );
  const input = JSON.stringify({ form, facts, values, given: { ...yes, ...given } });
  const answers = execFileSync(node24(), [SAMPLE], { input, encoding: 'utf8' });
  return JSON.parse(answers.replaceAll('person-1', person).replaceAll('evidence-1', evidence));
}

/** Gives one answer at the control that shows the question, as a person would. */
async function answer(page, field, path, value) {
  if (value === null || value === undefined) return;
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'number':
      return page.locator(idOf(path)).fill(String(value));
    case 'date':
      // As people write it: the day first.
      return page.locator(idOf(path)).fill(value.split('-').reverse().join('/'));
    case 'person':
      await page.locator(idOf(path)).selectOption(value);
      return;
    case 'people':
      return choosePeople(page, path, value);
    case 'yes-no':
      return page.locator(nth(path, value ? 0 : 1)).check();
    case 'yes-no-unsure':
      return page.locator(nth(path, ['yes', 'no', 'unsure'].indexOf(value))).check();
    case 'scale':
      return page.locator(nth(path, value - field.min)).check();
    case 'select': {
      if (field.options.length > MOST_RADIOS) {
        await page.locator(idOf(path)).selectOption(value);
        return;
      }
      return page
        .locator(
          nth(
            path,
            field.options.findIndex(({ key }) => key === value),
          ),
        )
        .check();
    }
    case 'multiselect':
      for (const [at, { key }] of field.options.entries()) {
        await page.locator(nth(path, at)).setChecked(value.includes(key));
      }
      return;
    case 'evidence':
      return attach(page, path);
    case 'repeat':
      return fillRows(page, field, path, value);
    default:
      throw new Error(`There is a new type of question: ${field.type}`);
  }
}

async function choosePeople(page, path, people) {
  const question = page.locator('app-question').filter({ has: page.locator(idOf(path)) });
  while (await question.getByRole('button', { name: /^Remove/ }).count()) {
    await question
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click();
  }
  for (const person of people) await page.locator(idOf(path)).selectOption(person);
}

/** Uploads a small file and says what it shows. */
async function attach(page, path) {
  const question = page.locator('app-evidence-control').filter({ has: page.locator(idOf(path)) });
  if (await question.locator('.attached li').count()) return;
  await page.locator(idOf(path)).setInputFiles({
    name: 'test-report.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(`Test report for ${path}: all 40 cases as expected.\n`),
  });
  await page.locator(`${idOf(`${path}-shows`)}`).fill('Test report: all cases as expected');
  await question.getByRole('button', { name: 'Add evidence' }).click();
  await question.locator('.attached li').waitFor();
}

async function fillRows(page, field, path, rows) {
  // Only once the button to add is there, rows that are known already are there too.
  await page.locator(idOf(path)).waitFor();
  for (const [at, row] of rows.entries()) {
    const card = page.locator(`[id="q-${path.replaceAll('.', '-')}-${at}"]`);
    if (!(await card.count())) await page.locator(idOf(path)).click();
    await card.waitFor();
    for (const cell of field.fields) {
      if (Object.hasOwn(row, cell.key)) {
        await answer(page, cell, `${path}.${at}.${cell.key}`, row[cell.key]);
      }
    }
  }
}

/** Waits until the form goes on; says what it asks for when it does not. */
async function goesOn(page, there) {
  const summary = page.locator('ui-error-summary [role=alert]');
  await Promise.race([page.waitForURL(there), summary.waitFor()]);
  if (await summary.count()) throw new Error(`The form asks: ${await summary.innerText()}`);
}

/** Fills the form of the open task page and hands it in; answers the receipt's words. */
export async function doForm(page, task, answers) {
  const sections = new Map(task.form.sections.map((section) => [section.key, section]));
  const everything = task.form.onePage || task.form.sections.length === 1;
  const fill = async (fields) => {
    for (const field of fields) {
      if (Object.hasOwn(answers, field.key)) {
        await answer(page, field, field.key, answers[field.key]);
      }
    }
  };
  const submit = page.getByRole('button', { name: 'Submit', exact: true });
  const check = page.getByRole('button', { name: 'Check and submit' });
  const carryOn = page.getByRole('button', { name: /^Continue: / });
  const onward = page.getByRole('button', { name: 'Save and continue' });
  if (everything) await fill(task.form.sections.flatMap(({ fields }) => fields));
  for (let step = 0; step < 40 && !(await submit.count()); step += 1) {
    await submit.or(check).or(carryOn).or(onward).first().waitFor();
    if (await onward.count()) {
      const key = new URL(page.url()).searchParams.get('page');
      const section = sections.get(key);
      if (!section) {
        // The address is on its way to the list of parts or to the check; the page follows it.
        await onward.waitFor({ state: 'hidden' });
        continue;
      }
      await fill(section.fields);
      await onward.click();
      await goesOn(page, (url) => url.searchParams.get('page') !== key);
    } else if (await carryOn.count()) {
      await carryOn.click();
      await page.waitForURL((url) => url.searchParams.has('page'));
      await carryOn.waitFor({ state: 'hidden' });
    } else if (await check.count()) {
      await check.click();
      await goesOn(page, (url) => url.searchParams.get('page') === 'check');
      await check.waitFor({ state: 'hidden' });
    }
  }
  await submit.click();
  return receiptOf(page, 'Handed in');
}

/** Records a decision on the open task page; the password is asked for where it counts. */
export async function decide(page, label, reason = 'The facts above are enough.') {
  await page.getByRole('radio', { name: label }).first().check();
  await page.getByLabel(/^Why\?/).fill(reason);
  await page.getByRole('button', { name: 'Check decision' }).click();
  await page.getByRole('button', { name: 'Record decision' }).click();
  const dialog = page.getByRole('dialog');
  const receipt = page.getByText('Decision recorded');
  await dialog.or(receipt).first().waitFor();
  if (await dialog.count()) await confirmPassword(page);
  return receiptOf(page, 'Decision recorded');
}

async function receiptOf(page, words) {
  const receipt = page.locator('app-receipt-page');
  await receipt.getByText(words).waitFor();
  return receipt.innerText();
}

/** A task as the API tells it to the person of this page. */
export const readTask = (page, client, id) => ask(page, `/api/organisations/${client}/tasks/${id}`);
