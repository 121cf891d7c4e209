/**
 * The time of the database's clock, reckoned from the last look at it by a clock of this machine that
 * nobody can set: a wall clock that is hours off, or jumps, does not matter to what is signed by it.
 */
export class ServerClock {
  /** Server seconds at the zero of the steady clock. */
  private zero: number | null = null;

  /** Whether the server's clock has been looked at. */
  get isKnown(): boolean {
    return this.zero !== null;
  }

  /** Seconds since 1970 by the server's clock, as far as is known. */
  now(): number {
    if (this.zero === null) throw new Error('the server’s clock has not been looked at');
    return this.zero + steady();
  }

  /** Begins a look; what the server says is given to the answer, which tells by how much (in seconds) it was off. */
  look(): (serverSeconds: number) => number {
    const asked = steady();
    return (serverSeconds) => {
      // The server looked at its clock between question and answer: a slow answer is no error.
      const earliest = serverSeconds - steady();
      const latest = serverSeconds - asked;
      const before = this.zero ?? latest;
      this.zero = Math.min(Math.max(before, earliest), latest);
      return Math.abs(this.zero - before);
    };
  }
}

const steady = (): number => performance.now() / 1000;
