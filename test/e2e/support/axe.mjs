import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The four looks of every screen: both colour schemes, at a desk and on a phone. */
export const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

/** Throws what axe finds wrong on the page: WCAG 2.2 A and AA, every rule on. */
export async function axe(page) {
  await settled(page);
  await page.evaluate(source);
  const violations = await page.evaluate(async (tags) => {
    const { violations: found } = await globalThis.axe.run(globalThis.document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return found.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
    }));
  }, TAGS);
  if (violations.length === 0) return;
  const lines = violations.flatMap(({ id, help, where }) => [`${id}: ${help}`, ...where]);
  throw new Error(`axe finds on ${page.url()}:\n  ${lines.join('\n  ')}`);
}

/** Waits until nothing fades or moves any more: a colour caught on its way is nobody's colour. */
async function settled(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => globalThis.requestAnimationFrame(resolve));
    const moving = () =>
      globalThis.document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      // A transition begins a frame after the change that asks for it.
      await frame();
      await frame();
    } while (moving().some(({ playState }) => playState === 'running'));
  });
}

/** Throws when the page can be scrolled sideways; wide tables scroll inside themselves. */
export async function fits(page) {
  const { inner, outer } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = globalThis.document.documentElement;
    return { inner: scrollWidth, outer: clientWidth };
  });
  if (inner > outer) throw new Error(`${page.url()} is ${inner} wide in ${outer}.`);
}
