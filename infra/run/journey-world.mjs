import { mkdirSync } from 'node:fs';
import { inRoot } from './places.mjs';
import { explain } from './trouble.mjs';

/** What one browser journey sees of the running product; counts what it checked. */
export class JourneyWorld {
  passed = 0;
  failed = 0;
  #contexts = [];

  /**
   * `url` is the product, `browser` a Playwright browser (null for faults), `stack` the running
   * parts, `databaseUrl` the database as its administrator sees it, `env` what the parts are told when
   * they are started, `more` what these journeys share besides.
   */
  constructor({ name, url, browser, stack, databaseUrl, env, more }) {
    Object.assign(this, { name, url, browser, stack, databaseUrl, env, more });
  }

  /** A fresh browser profile's page, as a new person at another machine. Options are Playwright's. */
  async newPage(options = {}) {
    const context = await this.browser.newContext({ baseURL: this.url, ...options });
    this.#contexts.push(context);
    // Nothing outside may be asked for: a page that needs the internet fails here, not at a client's.
    await context.route(
      (target) => target.protocol !== 'data:' && target.origin !== new URL(this.url).origin,
      (route) => route.abort('blockedbyclient'),
    );
    return context.newPage();
  }

  /** One counted check: passes when `work` ends, fails (and ends the journey) when it throws. */
  async check(what, work) {
    const started = performance.now();
    try {
      const result = await work();
      this.passed += 1;
      console.log(`  ✓ ${what} (${Math.round(performance.now() - started)} ms)`);
      return result;
    } catch (error) {
      this.failed += 1;
      console.error(`  ✗ ${what}`);
      throw error;
    }
  }

  /** Runs a journey to its end; a journey that breaks between checks, or checks nothing, has failed. */
  async run(journey) {
    console.log(`\n${this.name}`);
    const failedBefore = this.failed;
    try {
      await journey(this);
      if (this.passed + this.failed === 0) throw new Error('the journey checked nothing');
    } catch (error) {
      if (this.failed === failedBefore) this.failed += 1;
      explain(error);
      await this.#photograph();
    } finally {
      for (const context of this.#contexts) await context.close();
    }
  }

  /** Keeps a picture of every open page of a failed journey in tmp/e2e. */
  async #photograph() {
    const folder = inRoot('tmp/e2e');
    mkdirSync(folder, { recursive: true });
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = `${folder}/${this.name}-${index + 1}.png`;
      await page.screenshot({ path, fullPage: true });
      console.error(`  picture: tmp/e2e/${this.name}-${index + 1}.png (${page.url()})`);
    }
  }
}
