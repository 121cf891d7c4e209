import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ServerClock } from './server-clock.ts';

describe('ServerClock', () => {
  let at = 1000;
  const pass = (seconds: number) => {
    at += seconds;
  };
  jest.spyOn(performance, 'now').mockImplementation(() => at * 1000);
  afterEach(() => {
    at = 1000;
  });

  const lookedAt = (seconds: number) => {
    const clock = new ServerClock();
    clock.look()(seconds);
    return clock;
  };

  it('knows no time before it has looked', () => {
    const clock = new ServerClock();
    expect(clock.isKnown).toBe(false);
    expect(() => clock.now()).toThrow('has not been looked at');
  });

  it('goes on with the steady clock after a look', () => {
    const clock = lookedAt(5_000_000);
    pass(30);
    expect(clock.now()).toBe(5_000_030);
  });

  it.each([
    ['as reckoned', 5_000_030, 0],
    ['set forward', 5_003_630, 3600],
    ['set back', 4_996_430, 3600],
  ])('tells by how much the server is off: %s', (_, says, off) => {
    const clock = lookedAt(5_000_000);
    pass(30);
    expect(clock.look()(says)).toBe(off);
    expect(clock.now()).toBe(says);
  });

  it('does not take a slow answer for a clock that was set', () => {
    const clock = lookedAt(5_000_000);
    const heard = clock.look();
    pass(40);
    // Said at some time between question and answer.
    expect(heard(5_000_012)).toBe(0);
    expect(clock.now()).toBe(5_000_040);
  });
});
