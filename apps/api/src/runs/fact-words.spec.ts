import { describe, expect, it } from '@jest/globals';
import { definitionOf } from '@plumbline/frameworks';
import type { Facts } from '@plumbline/workflow-engine';
import { factInWords, factRows } from './fact-words.ts';

const deploy = definitionOf('WF-DEPLOY')!;
const ruth = '00000000-0000-7000-8000-000000000001';
const names = new Map([[ruth, { name: 'Ruth Lindqvist' }]]);
const risks: readonly Facts[] = [
  { title: 'Unfair ranking', riskOwner: ruth, likelihood: 4, option: 'modify', cause: null },
  { title: 'No reasons', riskOwner: 'somebody-unknown', controls: ['A.8.2'] },
];

describe('facts in words', () => {
  it.each([
    ['kind', 'off-the-shelf-tool', 'Off-the-shelf tool'],
    ['owner', ruth, 'Ruth Lindqvist'],
    ['purpose', '', 'Not known'],
    ['purpose', undefined, 'Not known'],
    ['trainingDone', true, 'Yes'],
    ['risks', [], 'None'],
    ['risks', risks, 'Unfair ranking; No reasons'],
  ] as const)('%s %j reads “%s”', (name, value, words) => {
    expect(factInWords(deploy, name, value, names)).toBe(words);
  });

  it('tells each row of a list by its questions, also those that another workflow asked', () => {
    const [first, second] = factRows(deploy, 'risks', risks, names)!;
    expect(first).toMatchObject({ title: 'Unfair ranking' });
    expect(first!.facts).toContainEqual({ label: 'Risk owner', value: 'Ruth Lindqvist' });
    expect(first!.facts.map(({ label }) => label)).not.toContain('Cause');
    expect(JSON.stringify(second)).not.toContain('somebody-unknown');
  });

  it('has no rows for what is no list', () => {
    expect(factRows(deploy, 'owner', ruth, names)).toBeNull();
    expect(factRows(deploy, 'jurisdictions', ['uk'], names)).toBeNull();
  });
});
