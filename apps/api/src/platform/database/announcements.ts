/** What other processes listen to. */
export type Channel = 'outbox' | 'record' | 'live';

export interface Announcement {
  readonly channel: Channel;
  readonly payload: string;
}

/** The most that one statement says. */
const AT_ONCE = 500;

/**
 * Tells other processes what was committed, in bursts and apart from the commits: a NOTIFY inside a
 * transaction makes all commits of the database queue behind one lock until each is on disk. What is
 * lost with this process is found all the same, since every listener also polls or reads again.
 */
export class Announcements {
  /** The same thing is said once, however many commits wait to say it. */
  private readonly waiting = new Map<string, Announcement>();
  private sending: Promise<void> | null = null;

  constructor(
    private readonly send: (batch: readonly Announcement[]) => Promise<unknown>,
    private readonly failed: (cause: unknown) => void,
  ) {}

  /** Says these soon; never waits and never fails. */
  say(announcements: readonly Announcement[]): void {
    for (const one of announcements) this.waiting.set(`${one.channel} ${one.payload}`, one);
    if (this.waiting.size > 0) this.sending ??= this.sendAll();
  }

  /** Resolves when everything was said. */
  async said(): Promise<void> {
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.size > 0) {
      const batch = [...this.waiting.entries()].slice(0, AT_ONCE);
      for (const [key] of batch) this.waiting.delete(key);
      try {
        await this.send(batch.map(([, one]) => one));
      } catch (error) {
        this.failed(error);
      }
    }
    this.sending = null;
  }
}
