import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Configuration } from '../config/configuration.ts';
import { RedactingLogger } from './log.ts';

describe('a line of the log', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => {
        written.push(String(text));
        return true;
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const logger = () =>
    new RedactingLogger(
      new Configuration(
        'worker',
        { NODE_ENV: 'development' } as Configuration['environment'],
        {} as Configuration['secrets'],
      ),
    );

  it('tells its time in one way, whoever reads it', () => {
    logger().error('something broke');
    expect(written.join('')).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z.*something broke/);
  });

  it('leaves out what could be a secret or somebody’s words', () => {
    logger().error({ message: 'refused', password: 'plumb', nested: { reason: 'Tom is ill' } });
    expect(written.join('')).toContain('refused');
    expect(written.join('')).not.toMatch(/plumb'|Tom is ill/);
  });
});
