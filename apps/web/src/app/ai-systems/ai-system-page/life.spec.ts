import type { AiSystemStage, GateState } from '@plumbline/contracts';
import { lifeOf } from './life.ts';

it.each<[AiSystemStage, GateState, string]>([
  ['proposed', 'not-started', 'current ahead ahead ahead ahead'],
  ['assessing', 'not-started', 'done current ahead ahead ahead'],
  ['assessing', 'open', 'done done current ahead ahead'],
  ['assessing', 'deciding', 'done done current ahead ahead'],
  ['approved', 'passed', 'done done done current ahead'],
  ['pilot', 'passed', 'done done done current ahead'],
  ['live', 'passed', 'done done done current ahead'],
  ['under-review', 'passed', 'done done done done current'],
  ['suspended', 'passed', 'done done done blocked ahead'],
  ['stopped', 'refused', 'done done blocked ahead ahead'],
  ['retired', 'passed', 'done done done done done'],
])('%s with the gate %s is drawn as %s', (stage, gateState, states) => {
  expect(
    lifeOf({ stage, gateState })
      .map(({ state }) => state)
      .join(' '),
  ).toBe(states);
});
