/**
 * The client's own log: every command that was asked, and what was answered in the end. It knows
 * nothing of the product's tables, so that what the product has lost is still here.
 */
export class Ledger {
  /** Carried out, as the product said: `{ key, kind, person, organisation, about }`. */
  acknowledged = [];
  /** Carried out, but the answer was lost with the process that gave it. */
  answersLost = 0;
  /** Asked again after no answer, a failure or “still running”. */
  retries = 0;
  /** Refused for good: nothing must have changed. */
  refused = [];
  #waiting = [];

  /** Notes a command that was carried out; `about` names what it did, as it becomes known. */
  acknowledge(command) {
    this.acknowledged.push(command);
    this.#waiting = this.#waiting.filter(({ count, tell }) => {
      if (this.acknowledged.length < count) return true;
      tell();
      return false;
    });
    return command;
  }

  /** Resolves when so many more commands were acknowledged. */
  more(count) {
    return new Promise((tell) => {
      this.#waiting.push({ count: this.acknowledged.length + count, tell });
    });
  }
}
