import fc from 'fast-check';
import { addStep } from './add-step.ts';
import { connect, disconnect, retarget } from './connect.ts';
import { copySteps, pasteSteps, readClip } from './clipboard.ts';
import { drawingOf, shapeOf } from './design-layout.ts';
import type { Command, Design } from './design.ts';
import { withFactsOf } from './facts.ts';
import { DEPTH, type History, record, redo, startOf, undo } from './history.ts';
import { removeSteps, unwrap } from './remove-step.ts';
import { moveSteps, moveToStage, setProperty, shift, tidy, wrapParallel } from './reshape.ts';
import { designOf, ending, work, words } from './testing.ts';
import { VERBS } from './verbs.ts';
import { allWays } from './ways.ts';

// jsdom lacks it; the layout copies plain data only.
globalThis.structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const first = designOf(work('a', 'b'), work('b', 'end'), ending());
const renamed = (name: string): Command => setProperty('a', 'name', name);

describe('history', () => {
  it('goes back and forth through at least 100 edits', () => {
    let history = startOf(first);
    for (let at = 0; at < 120; at += 1) {
      history = record(history, renamed(`Name ${at}`)(history.present), at * 10_000, 'a.name');
    }
    expect(DEPTH).toBeGreaterThanOrEqual(100);
    let back: History | null = history;
    for (let at = 0; at < 120; at += 1) back = back && (undo(back)?.history ?? null);
    expect(back?.present).toBe(first);
    for (let at = 0; at < 120; at += 1) back = back && (redo(back)?.history ?? null);
    expect(back?.present).toBe(history.present);
    expect(redo(history)).toBeNull();
  });

  it('undoes typing in one field at once, and not what came later or elsewhere', () => {
    let history = startOf(first);
    history = record(history, renamed('P')(history.present), 0, 'a.name');
    history = record(history, renamed('Pl')(history.present), 500, 'a.name');
    expect(history.past).toHaveLength(1);
    history = record(history, renamed('Pla')(history.present), 9_000, 'a.name');
    expect(history.past).toHaveLength(2);
    history = record(history, setProperty('b', 'name', 'Q')(history.present), 9_100, 'b.name');
    expect(history.past).toHaveLength(3);
  });

  it('keeps nothing of an edit that was not possible', () => {
    const history = startOf(first);
    expect(record(history, connect('end', 'a', words)(first), 0)).toBe(history);
  });

  it('a new edit ends what could be redone', () => {
    let history = record(startOf(first), renamed('x')(first), 0);
    history = undo(history)?.history ?? history;
    history = record(history, tidy(history.present), 1);
    expect(redo(history)).not.toBeNull();
    history = record(history, renamed('y')(history.present), 2);
    expect(redo(history)).toBeNull();
  });
});

/** Any edit that somebody can make, by numbers that choose its kind and its objects. */
function command([kind, one, two]: readonly [number, number, number]): Command {
  return (design) => {
    const { steps } = design.definition;
    const a = steps[one % Math.max(steps.length, 1)]?.id ?? '';
    const b = steps[two % Math.max(steps.length, 1)]?.id ?? '';
    const ways = allWays(design);
    const way = ways[one % Math.max(ways.length, 1)]?.id ?? '';
    const verb = VERBS[two % VERBS.length] ?? 'form';
    const edits: readonly (() => Command)[] = [
      () => addStep(verb, { after: a }, words),
      () => addStep(verb, { way }, words),
      () => addStep(verb, { before: a }, words),
      () => addStep(verb, { place: { x: one, y: two } }, words),
      () => removeSteps([a]),
      () => removeSteps([a, b]),
      () => connect(a, b, words),
      () => disconnect(way),
      () => retarget(way, b),
      () => wrapParallel(a, words),
      () => unwrap(a),
      () => shift(a, two % 2 === 0 ? 'earlier' : 'later'),
      () => moveToStage([a, b], two % 2 === 0 ? 'one' : 'two'),
      () => moveSteps({ [a]: { x: one, y: two } }, new Map()),
      () => tidy,
      () => setProperty(a, 'name', `Name ${two}`),
      () => setProperty(a, 'performer', two % 2 === 0 ? `who${two}` : undefined),
      () => {
        const clip = readClip(copySteps(design, [a, b], drawingOf(shapeOf(design)).places));
        return clip ? pasteSteps(clip, two % 2 === 0 ? a : null) : tidy;
      },
    ];
    const edit = (edits[kind % edits.length] ?? (() => tidy))()(design);
    return { ...edit, design: withFactsOf(design, edit.design) };
  };
}

const anything = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000)), {
  maxLength: 60,
});

describe('any sequence of edits', () => {
  it('is undone to the same document, and redone to the same', () => {
    fc.assert(
      fc.property(anything, (numbers) => {
        const text = JSON.stringify(first);
        let history = startOf(first);
        const seen: [Design, string][] = [];
        numbers.forEach((one, at) => {
          const before = history.present;
          history = record(history, command(one)(before), at * 10_000);
          if (history.present !== before) seen.push([before, JSON.stringify(before)]);
        });
        const end = history.present;
        const last = JSON.stringify(end);
        for (const [design, then] of seen.toReversed()) {
          const back = undo(history);
          history = back?.history ?? history;
          expect(history.present).toBe(design);
          // Nothing was changed in place by a later edit.
          expect(JSON.stringify(history.present)).toBe(then);
        }
        expect(undo(history)).toBeNull();
        expect(JSON.stringify(history.present)).toBe(text);
        for (let forth = redo(history); forth; forth = redo(history)) history = forth.history;
        expect(history.present).toBe(end);
        expect(JSON.stringify(history.present)).toBe(last);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps ids apart and every way led to a step that exists', () => {
    fc.assert(
      fc.property(anything, (numbers) => {
        let design: Design = first;
        for (const one of numbers) design = command(one)(design).design;
        const ids = design.definition.steps.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { to } of allWays(design)) expect(ids).toContain(to);
        if (ids.length > 0) expect(ids).toContain(design.definition.start);
      }),
      { numRuns: 300 },
    );
  });
});
