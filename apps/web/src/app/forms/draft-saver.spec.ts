import { jest } from '@jest/globals';
import { browserCopy, forgetCopies } from '../platform/drafts/draft-copy.ts';
import { DraftSaver, type SaveDraft } from './draft-saver.ts';

type Text = Readonly<Record<string, string>>;

describe('DraftSaver', () => {
  let sent: { answers: Text; version: number }[];
  let fail: boolean;
  let saver: DraftSaver<Text>;
  const copy = () => browserCopy<Text>(localStorage, 'priya', 'task-1');
  const save: SaveDraft<Text> = (answers, version) => {
    sent.push({ answers, version });
    return fail
      ? Promise.reject(new Error('offline'))
      : Promise.resolve({ savedAt: '2026-11-25T14:32:00Z', version: version + 1 });
  };

  beforeEach(() => {
    jest.useFakeTimers();
    localStorage.clear();
    sent = [];
    fail = false;
    saver = new DraftSaver(save, copy(), null);
  });
  afterEach(() => jest.useRealTimers());

  it('saves within two seconds even while somebody keeps typing', async () => {
    for (let second = 0; second < 4; second += 0.5) {
      saver.change({ q: `at ${second}` });
      await jest.advanceTimersByTimeAsync(500);
    }
    expect(sent).toEqual([
      { answers: { q: 'at 1.5' }, version: 0 },
      { answers: { q: 'at 3.5' }, version: 1 },
    ]);
    expect(saver.state()).toBe('saved');
    expect(saver.savedAt()).toBe('2026-11-25T14:32:00Z');
  });

  it('saves at once when focus leaves, and nothing when nothing changed', async () => {
    await saver.flush();
    expect(sent).toEqual([]);
    saver.change({ q: 'x' });
    expect(saver.state()).toBe('unsaved');
    await saver.flush();
    expect(sent).toHaveLength(1);
  });

  it('keeps trying while it fails, says so, and keeps the newest writing', async () => {
    fail = true;
    saver.change({ q: 'one' });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(saver.state()).toBe('trying-again');
    expect(saver.failing()).toBe(true);
    saver.change({ q: 'two' });
    expect(copy().read()).toEqual({ q: 'two' });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(saver.state()).toBe('trying-again');
    fail = false;
    await jest.advanceTimersByTimeAsync(4_000);
    expect(saver.state()).toBe('saved');
    expect(sent.at(-1)).toEqual({ answers: { q: 'two' }, version: 0 });
    expect(copy().read()).toBeNull();
  });

  it('leaves a copy behind when the page goes before it was saved', () => {
    saver.change({ q: 'last words' });
    saver.close();
    expect(copy().read()).toEqual({ q: 'last words' });
    forgetCopies(localStorage);
    expect(copy().read()).toBeNull();
  });

  it('saves nothing more after handing in', async () => {
    saver.change({ q: 'x' });
    saver.finish();
    saver.change({ q: 'y' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
    expect(copy().read()).toBeNull();
  });
});
