import { validateDefinition } from '@plumbline/workflow-engine';
import { addStep } from './add-step.ts';
import { connect, disconnect, retarget } from './connect.ts';
import { type Command, type Design, stepOf } from './design.ts';
import { isEmpty, PATTERNS, usePattern } from './patterns.ts';
import { removeSteps, unwrap } from './remove-step.ts';
import { addBranch, renameId, shift, wrapParallel } from './reshape.ts';
import { designOf, ending, work, words } from './testing.ts';
import { allWays, waysOf } from './ways.ts';

const flow = ({ definition }: Design): Record<string, string[]> =>
  Object.fromEntries(definition.steps.map((step) => [step.id, waysOf(step).map(({ to }) => to)]));
const errors = (design: Design) =>
  validateDefinition(design.definition).filter(({ severity }) => severity === 'error');
const after = (design: Design, ...commands: readonly Command[]): Design =>
  commands.reduce((now, command) => command(now).design, design);

const abc = designOf(work('a', 'b'), work('b', 'end'), ending());

describe('addStep', () => {
  it('goes between a step and where it leads', () => {
    const { design, said, select } = addStep('form', { after: 'a' }, words)(abc);
    expect(flow(design)).toEqual({ a: ['new-form'], 'new-form': ['b'], b: ['end'], end: [] });
    expect(select).toBe('new-form');
    expect(said).toEqual({
      key: 'addedBetween',
      values: { name: 'New form', after: 'A', before: 'B' },
    });
  });

  it('goes into one way of several', () => {
    const design = designOf(work('a', 'b', 'end'), work('b', 'end'), ending());
    const made = addStep('check', { way: 'a/next/0' }, words)(design).design;
    expect(flow(made)).toMatchObject({ a: ['new-check', 'end'], 'new-check': ['b'] });
  });

  it('goes before a step, and before the start becomes the start', () => {
    const made = addStep('form', { before: 'a' }, words)(abc).design;
    expect(made.definition.start).toBe('new-form');
    expect(flow(made)['new-form']).toEqual(['a']);
    expect(flow(addStep('form', { after: 'end' }, words)(abc).design)).toMatchObject({
      b: ['new-form'],
      'new-form': ['end'],
    });
  });

  it('adds a decision that goes on, or back to the work before it', () => {
    const made = addStep('approval', { after: 'b' }, words)(abc).design;
    expect(flow(made)['new-decision']).toEqual(['end', 'b']);
    expect(errors(made)).toEqual([]);
  });

  it('adds a whole block for a split, also after another block', () => {
    const made = after(abc, addStep('parallel', { after: 'a' }, words));
    expect(flow(made)).toMatchObject({
      a: ['side-by-side'],
      'side-by-side': ['first-part', 'second-part'],
      'first-part': ['together-again'],
      'together-again': ['b'],
    });
    expect(errors(made)).toEqual([]);
    const more = addStep('task', { after: 'side-by-side' }, words)(made).design;
    expect(flow(more)['together-again']).toEqual(['new-task']);
  });

  it('stands loose where it was dropped', () => {
    const { design, said } = addStep('form', { place: { x: 40, y: 8 } }, words)(abc);
    expect(design.layout['new-form']).toEqual({ x: 40, y: 8 });
    expect(said.key).toBe('addedLoose');
    expect(flow(design)['new-form']).toEqual([]);
  });
});

describe('removeSteps', () => {
  it('leads what led there to where it led', () => {
    expect(flow(removeSteps(['a'])(abc).design)).toEqual({ b: ['end'], end: [] });
    expect(removeSteps(['a'])(abc).design.definition.start).toBe('b');
    expect(flow(removeSteps(['b'])(abc).design)).toEqual({ a: ['end'], end: [] });
  });

  it('takes the way out when there is nowhere to lead', () => {
    expect(flow(removeSteps(['end'])(abc).design)['b']).toEqual([]);
  });

  it('does not leave two ways to the same step without a condition', () => {
    const design = designOf(
      work('a', 'b', 'end'),
      { ...work('b'), next: [{ to: 'end' }] } as ReturnType<typeof work>,
      ending(),
    );
    expect(flow(removeSteps(['b'])(design).design)['a']).toEqual(['end', 'end']);
    const back = designOf(work('a', 'b'), work('b', 'end'), ending());
    expect(flow(removeSteps(['b'])(back).design)['a']).toEqual(['end']);
  });

  it('forgets the step where rules and blocks speak of it', () => {
    const decision = addStep('approval', { after: 'b' }, words)(abc).design;
    const ruled = after(decision, (design) => {
      const steps = design.definition.steps.map((step) =>
        step.type === 'approval'
          ? {
              ...step,
              separation: [
                { id: 'SOD-01', steps: ['b'], because: 'x', waivable: 'never' as const },
              ],
            }
          : step,
      );
      return {
        design: { ...design, definition: { ...design.definition, steps } },
        said: { key: 'changed', values: {} },
      };
    });
    const left = stepOf(removeSteps(['b'])(ruled).design, 'new-decision');
    expect(left?.type === 'approval' && left.separation[0]?.steps).toEqual([]);
  });

  it('takes a block apart into one branch after the other', () => {
    const block = after(abc, addStep('parallel', { after: 'a' }, words));
    for (const id of ['side-by-side', 'together-again']) {
      const made = id === 'side-by-side' ? unwrap(id)(block) : removeSteps([id])(block);
      expect(flow(made.design)).toEqual({
        a: ['first-part'],
        'first-part': ['second-part'],
        'second-part': ['b'],
        b: ['end'],
        end: [],
      });
      expect(errors(made.design)).toEqual([]);
    }
  });
});

describe('connect', () => {
  it('asks for a condition when there is a way on already', () => {
    const { design } = connect('a', 'end', words)(abc);
    const step = stepOf(design, 'a');
    expect(step && 'next' in step && step.next).toEqual([
      { to: 'end', when: { cel: '' } },
      { to: 'b' },
    ]);
    expect(errors(design).map(({ place }) => place)).toEqual(['steps.a.next.0.when']);
  });

  it('backwards from work is a way to send back', () => {
    const { design, said } = connect('b', 'a', words)(abc);
    expect(said.key).toBe('sentBack');
    expect(waysOf(stepOf(design, 'b') ?? ending()).map(({ kind }) => kind)).toContain('send-back');
    expect(connect('b', 'a', words)(design).said.key).toBe('alreadyConnected');
    expect(errors(design)).toEqual([]);
  });

  it('adds an outcome to a decision and a branch to a split', () => {
    const decision = addStep('approval', { after: 'b' }, words)(abc).design;
    expect(flow(connect('new-decision', 'a', words)(decision).design)['new-decision']).toEqual([
      'end',
      'b',
      'a',
    ]);
    const block = after(abc, addStep('parallel', { after: 'a' }, words));
    const made = addBranch('side-by-side', words)(block).design;
    expect(flow(made)['side-by-side']).toHaveLength(3);
    expect(errors(made)).toEqual([]);
  });

  it.each(['end', 'gone'])('refuses from or to %s', (id) => {
    expect(connect(id, 'a', words)(abc).design).toBe(abc);
  });

  it('leads elsewhere and takes out', () => {
    expect(flow(retarget('a/next/0', 'end')(abc).design)['a']).toEqual(['end']);
    expect(flow(disconnect('a/next/0')(abc).design)['a']).toEqual([]);
  });
});

describe('reshaping', () => {
  it('puts a step side by side with new work', () => {
    const { design } = wrapParallel('b', words)(abc);
    expect(flow(design)).toMatchObject({
      a: ['side-by-side'],
      'side-by-side': ['b', 'second-part'],
      b: ['together-again'],
      'together-again': ['end'],
    });
    expect(errors(design)).toEqual([]);
    expect(errors(wrapParallel('a', words)(abc).design)).toEqual([]);
  });

  it('moves a step earlier and later on its way', () => {
    const later = shift('a', 'later')(abc).design;
    expect(flow(later)).toEqual({ b: ['a'], a: ['end'], end: [] });
    expect(later.definition.start).toBe('b');
    expect(flow(shift('a', 'earlier')(later).design)).toEqual(flow(abc));
    expect(shift('b', 'later')(abc).said.key).toBe('cannotMove');
  });

  it('renames an id everywhere', () => {
    const sent = connect('b', 'a', words)(abc).design;
    expect(flow(renameId('a', 'first')(sent).design)).toEqual({
      first: ['b'],
      b: ['end', 'first'],
      end: [],
    });
    expect(renameId('a', 'b')(abc).design).toBe(abc);
  });
});

describe('patterns', () => {
  it.each(PATTERNS)('%s makes a workflow without errors but words', (pattern) => {
    const empty = designOf(ending());
    expect(isEmpty(empty)).toBe(true);
    const made = usePattern(pattern, pattern, words)(empty).design;
    expect(errors(made)).toEqual([]);
    expect(allWays(made).some(({ kind }) => kind === 'outcome')).toBe(true);
    expect(usePattern(pattern, pattern, words)(made).design).toBe(made);
  });
});
