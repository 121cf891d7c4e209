import { runChip } from './step-chips.ts';

const running = { status: 'running', late: false, problems: [], suspendedSince: null } as const;
const late = [{ kind: 'late', text: '' }] as const;
const stuck = [{ kind: 'nobody', text: '' }, ...late] as const;
const suspendedSince = '2026-11-20T09:00:00Z';

it.each([
  ['running', 'progress', running],
  ['late', 'bad', { ...running, late: true, problems: [...late] }],
  ['suspended', 'warn', { ...running, late: true, problems: [...late], suspendedSince }],
  ['stuck', 'bad', { ...running, late: true, problems: [...stuck], suspendedSince }],
  ['ended', 'done', { ...running, status: 'ended' as const }],
  ['cancelled', 'unknown', { ...running, status: 'cancelled' as const, suspendedSince }],
] as const)('says that a run is %s', (word, state, run) => {
  expect(runChip({ ...run, problems: [...run.problems] })).toEqual({ word, state });
});
