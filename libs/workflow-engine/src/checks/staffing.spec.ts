import type { ApprovalStep, Quorum, Step } from '../definition/definition.ts';
import { staffingProblems, unservedRequirements } from './staffing.ts';
import { aDefinition, end, outcome, task } from '../testing/samples.data.ts';
import { choice, join, split } from '../testing/steps.ts';

const ana = { personId: 'a', name: 'Ana Ruiz', roles: ['client.staff', 'client.approver'] };
const ben = { personId: 'b', name: 'Ben Ode', roles: ['client.staff'] };
const cleo = { personId: 'c', name: 'Cleo Lam', roles: ['client.approver'] };

const apart = (id: string, ...steps: string[]): Partial<Step & { type: 'task' }> => ({
  separation: [{ id, steps, because: 'You did it.', waivable: 'never' }],
});
function decide(to: string, quorum?: Quorum, ...steps: string[]): ApprovalStep {
  return {
    ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide', role: 'client.approver' },
    ...{ question: '?', shows: [], outcomes: [outcome('yes', 'approve', to)], quorum },
    separation: [{ id: 'SOD-1', steps, because: 'You did it.', waivable: 'never' }],
  };
}
const works = (...steps: Step[]) => aDefinition(steps[0]?.id ?? '', [...steps, end('e')]);
const said = (...of: Parameters<typeof staffingProblems>) =>
  staffingProblems(...of).map(({ code, place, message }) => [code, place, message]);

describe('the people for a workflow', () => {
  const two = works(task('do', 'decide'), decide('e', undefined, 'do'));

  it('are enough when each step finds another person', () => {
    expect(said(two, [ana, ben])).toEqual([]);
    expect(said(two, [ben, cleo])).toEqual([]);
  });

  it('lack a role that nobody holds', () => {
    expect(said(two, [ben])).toEqual([
      ['nobody-holds-role', 'steps.decide', 'Nobody holds “client.approver”, who does “Decide”.'],
    ]);
  });

  it('cannot keep apart what only one of them can do', () => {
    expect(said(two, [ana])).toEqual([
      [
        ...['cannot-keep-apart', 'steps.decide'],
        'Only Ana Ruiz can do both “Do do” and “Decide”, which different people must do. ' +
          'Give one of the roles to somebody else.',
      ],
    ]);
  });

  it('are too few for the seats of a decision', () => {
    const seats = [{ role: 'client.approver', count: 2 }];
    const board = works(decide('e', { seats, needs: 'all' }));
    expect(said(board, [ana, cleo])).toEqual([]);
    expect(said(board, [ana, ben])[0]?.[0]).toBe('too-few-people');
    expect(said(works(decide('e', { seats, needs: 'any' })), [ana])).toEqual([]);
  });

  it('need not keep apart what never happens in one run', () => {
    const third = task('c', 'e', { role: 'client.approver', ...apart('SOD-2', 'a', 'b') });
    const ways = [choice('x', { a: 'go' }, 'b'), task('a', 'c'), task('b', 'c'), third];
    // Ana does the one, Ben the other: whoever did not can do the third, on either way.
    const either = [ana, { ...ben, roles: ana.roles }];
    expect(said(works(...ways), either)).toEqual([]);
    const both = [
      split('x', 'j', { a: null, b: null }),
      task('a', 'j'),
      task('b', 'j', apart('SOD-3', 'a')),
      join('j', 'x', 'c'),
      third,
    ];
    expect(said(works(...both), either)).toEqual([
      ['cannot-keep-apart', 'steps.c', expect.stringContaining('Only Ana Ruiz, Ben Ode can do')],
    ]);
    expect(said(works(...both), [...either, cleo])).toEqual([]);
  });

  it('are found, or the search is given up, among many', () => {
    const steps = Array.from({ length: 40 }, (_, at) =>
      task(
        `s${at}`,
        at === 39 ? 'e' : `s${at + 1}`,
        apart('SOD', ...Array.from({ length: at }, (__, n) => `s${n}`)),
      ),
    );
    const crowd = Array.from({ length: 39 }, (_, at) => ({ ...ben, personId: `p${at}` }));
    expect(staffingProblems(works(...steps), crowd).length).toBeLessThanOrEqual(1);
    expect(said(works(...steps), [...crowd, ana])).toEqual([]);
  });
});

describe('wanted requirements', () => {
  it('are served by steps that a run can come to', () => {
    const steps = [
      task('a', 'e', { requirements: ['6.1.2'] }),
      task('lost', 'e', { requirements: ['8.2'] }),
    ];
    expect(unservedRequirements(works(...steps), ['6.1.2', '8.2', 'A.5'])).toEqual(['8.2', 'A.5']);
  });
});
