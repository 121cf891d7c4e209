import { addStep } from './add-step.ts';
import { copySteps, pasteSteps, readClip } from './clipboard.ts';
import { connect } from './connect.ts';
import { drawingOf, NODE_SIZE, sameShape, shapeOf } from './design-layout.ts';
import type { Command, Design } from './design.ts';
import { factUses, renamedInCel, renameFact, withFactsOf } from './facts.ts';
import { outlineOf } from './outline.ts';
import { moveSteps, setProperty } from './reshape.ts';
import { findSteps } from './search.ts';
import { designOf, ending, work, words } from './testing.ts';
import { waysOf } from './ways.ts';

// jsdom lacks it; the layout copies plain data only.
globalThis.structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const placesOf = (design: Design) => drawingOf(shapeOf(design)).places;
const abc = designOf(work('a', 'b'), work('b', 'end'), ending());
const after = (design: Design, ...commands: readonly Command[]): Design =>
  commands.reduce((now, command) => withFactsOf(now, command(now).design), design);

describe('outlineOf', () => {
  it('reads in the order of the work, branches together and inside', () => {
    const design = after(abc, addStep('parallel', { after: 'a' }, words));
    const lines = outlineOf(design).map(({ step, number, depth }) => [number, depth, step.id]);
    expect(lines).toEqual([
      [1, 0, 'a'],
      [2, 0, 'side-by-side'],
      [3, 1, 'first-part'],
      [4, 1, 'second-part'],
      [5, 0, 'together-again'],
      [6, 0, 'b'],
      [7, 0, 'end'],
    ]);
  });

  it('says where ways lead, which go back, and what goes on with the next line', () => {
    const design = after(abc, addStep('approval', { after: 'b' }, words));
    const line = outlineOf(design).find(({ step }) => step.type === 'approval');
    expect(line?.ways.map(({ number, back }) => [number, back])).toEqual([
      [4, false],
      [2, true],
    ]);
    expect(outlineOf(design)[0]?.ways[0]?.plain).toBe(true);
  });

  it('puts what nothing leads to at the end, and says so', () => {
    const design = after(abc, addStep('form', { place: { x: 0, y: 0 } }, words));
    expect(outlineOf(design).at(-1)).toMatchObject({ loose: true, step: { id: 'new-form' } });
  });
});

describe('drawingOf', () => {
  it('gives every step a place of its own, later steps below, also for added ones', () => {
    const placed = after(abc, moveSteps({ a: { x: 5, y: 5 } }, placesOf(abc)));
    for (const design of [abc, placed]) {
      const made = after(design, addStep('parallel', { after: 'a' }, words));
      const places = [...placesOf(made)];
      expect(places).toHaveLength(7);
      for (const [at, [, one]] of places.entries()) {
        for (const [, other] of places.slice(at + 1)) {
          const apart =
            Math.abs(one.x - other.x) >= NODE_SIZE.width ||
            Math.abs(one.y - other.y) >= NODE_SIZE.height;
          expect(apart).toBe(true);
        }
      }
    }
    expect(placesOf(placed).get('a')).toEqual({ x: 5, y: 5 });
  });

  it('rests on the steps and their ways, not on their words', () => {
    const shape = shapeOf(abc);
    expect(sameShape(shape, shapeOf(after(abc, setProperty('a', 'name', 'Other'))))).toBe(true);
    for (const command of [
      connect('b', 'a', words),
      addStep('form', { after: 'a' }, words),
      moveSteps({ a: { x: 5, y: 5 } }, placesOf(abc)),
    ]) {
      expect(sameShape(shape, shapeOf(after(abc, command)))).toBe(false);
    }
  });
});

describe('the clipboard', () => {
  it('pastes steps into another workflow, under free ids, with their facts', () => {
    const from = after(abc, setProperty('a', 'performer', 'author'));
    const clip = readClip(copySteps(from, ['a'], placesOf(from)));
    expect(clip?.facts.map(({ name }) => name)).toEqual(['author']);
    const other = designOf(work('a', 'end'), ending());
    const made = clip ? pasteSteps(clip, 'a')(other) : null;
    expect(made?.select).toBe('a-2');
    const steps = made?.design.definition.steps ?? [];
    expect(steps.map((step) => [step.id, waysOf(step).map(({ to }) => to)])).toEqual([
      ['a', ['a-2']],
      ['end', []],
      ['a-2', ['end']],
    ]);
    expect(made?.design.definition.facts.map(({ name }) => name)).toEqual(['author']);
  });

  it('keeps a split and its join together', () => {
    const block = after(abc, addStep('parallel', { after: 'a' }, words));
    const clip = readClip(copySteps(block, ['side-by-side'], placesOf(block)));
    expect(clip?.steps.map(({ id }) => id)).toEqual(['side-by-side', 'together-again']);
  });

  it.each(['', 'hello', '{}', '[1]', '{"plumbline":"workflow-steps","steps":[1],"facts":[]}'])(
    'does not take %j for steps',
    (text) => {
      expect(readClip(text)).toBeNull();
    },
  );
});

describe('facts', () => {
  it('come and go with what sets them', () => {
    const named = after(abc, setProperty('a', 'performer', 'author'));
    expect(named.definition.facts).toEqual([
      { name: 'author', type: { kind: 'person' }, source: 'run' },
    ]);
    const undone = after(named, setProperty('a', 'performer', undefined));
    expect(undone.definition.facts).toEqual([]);
  });

  it('are renamed wherever they are spoken of', () => {
    const design = after(
      abc,
      setProperty('a', 'performer', 'author'),
      setProperty('b', 'assignee', 'author'),
      setProperty('b', 'when', { all: [{ fact: 'author', is: 'known' }, { cel: 'author != ""' }] }),
      renameFact('author', 'writer'),
    );
    expect(JSON.stringify(design)).not.toContain('author');
    expect(factUses(design.definition).get('writer')).toEqual({ setBy: ['a'], readBy: ['b'] });
  });

  it.each([
    ['risk > 2 && risk < 5', 'level > 2 && level < 5'],
    ['"risk" + risk', '"risk" + level'],
    ['fact("risk") == riskier.risk', 'fact("level") == riskier.risk'],
  ])('renames in %s', (cel, renamed) => {
    expect(renamedInCel(cel, 'risk', 'level')).toBe(renamed);
  });
});

describe('findSteps', () => {
  it('looks at names, roles and ways, every word', () => {
    const design = after(abc, connect('b', 'a', words), setProperty('a', 'name', 'Risk form'));
    expect(findSteps(design.definition, 'risk')).toEqual(['a']);
    expect(findSteps(design.definition, 'owner form')).toEqual(['a', 'b']);
    expect(findSteps(design.definition, '  ')).toEqual([]);
    expect(findSteps(design.definition, 'nowhere')).toEqual([]);
  });
});
