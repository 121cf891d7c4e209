import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { Problem } from '../problems.ts';

/** The stored bytes are not those that were stored. */
export class FileDamaged extends Problem {
  constructor() {
    super(
      500,
      'file-damaged',
      'This file is no longer what was stored, so it is not given out. Ask whoever runs this server to restore it.',
    );
  }
}

/** Passes bytes on and fails at the end unless their hash is `sha256`; the last bytes wait for that. */
export class Verified extends Transform {
  private readonly hash = createHash('sha256');
  private held: Buffer | null = null;

  constructor(private readonly sha256: string) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    const before = this.held;
    this.held = chunk;
    done(null, before ?? undefined);
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest('hex') !== this.sha256) {
      done(new FileDamaged());
      return;
    }
    done(null, this.held ?? undefined);
  }
}
