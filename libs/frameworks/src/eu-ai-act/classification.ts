import type { Condition, DecisionTable, Field } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { derogationGrounds, euRoles, regClasses } from '../vocabulary.ts';
import { sensitiveAreas } from './area-options.ts';
import { decisionTree } from './eu-ai-act.data.ts';
import type { TreeNode } from './eu-ai-act.ts';

/** Where the tree ends, and the class of each end. */
export const treeEnds: Readonly<Record<string, string>> = {
  'END-OUT': 'not-ai',
  'END-NOT-EU': 'out-of-scope',
  'END-EXCLUDED': 'out-of-scope',
  'END-PROHIBITED': 'prohibited',
  'END-ESCALATE': 'hold',
  'END-HIGH-ANNEX-I': 'high-risk-annex-i',
  'END-HIGH-ANNEX-III': 'high-risk-annex-iii',
  'END-NOT-HIGH-DOCUMENTED': 'derogated',
  'END-GPAI': 'gpai',
  'END-GPAI-SYSTEMIC': 'gpai-systemic',
  'END-TRANSPARENCY': 'transparency',
  'END-MINIMAL': 'minimal',
};

type Branch = 'yes' | 'no';

/** How a node is asked: the fact of its answer, and which branch an unsure answer takes. */
interface Asked {
  readonly fact: string;
  readonly unsure: Branch;
  /** Set where the answer is not a plain yes, no or unsure. */
  readonly branch?: Readonly<Record<Branch, Condition>>;
  readonly field?: (base: { key: string; label: string; hint?: string }) => Field;
}

const someArea: Condition = {
  cel: 'known(sensitiveAreas) && sensitiveAreas.exists(a, a != "none")',
};
const noArea: Condition = { cel: 'known(sensitiveAreas) && sensitiveAreas.all(a, a == "none")' };
const derogationHolds: Condition = when.all(
  { cel: 'known(derogationGrounds) && derogationGrounds.exists(g, g != "none")' },
  when.equal('significantRisk', 'no'),
);

const asked: Readonly<Record<string, Asked>> = {
  N1: { fact: 'isAi', unsure: 'yes' },
  N2: { fact: 'inEu', unsure: 'yes' },
  N3: { fact: 'excludedUse', unsure: 'no' },
  N4: {
    fact: 'euRole',
    unsure: 'yes',
    field: (base) => ({ ...base, type: 'multiselect', options: euRoles, required: true }),
  },
  N5: { fact: 'prohibitedUse', unsure: 'yes' },
  N6: { fact: 'safetyComponent', unsure: 'yes' },
  N7: { fact: 'thirdPartyCheck', unsure: 'yes' },
  N8: {
    fact: 'sensitiveAreas',
    unsure: 'yes',
    branch: { yes: someArea, no: noArea },
    field: (base) => ({ ...base, type: 'multiselect', options: sensitiveAreas, required: true }),
  },
  N9: { fact: 'profiling', unsure: 'yes' },
  N10: {
    fact: 'derogationGrounds',
    unsure: 'no',
    branch: { yes: derogationHolds, no: when.not(derogationHolds) },
    field: (base) => ({
      ...base,
      label: 'Does one of these conditions hold?',
      type: 'multiselect',
      options: derogationGrounds,
      required: true,
    }),
  },
  N11: { fact: 'gpaiProvider', unsure: 'yes' },
  N12: { fact: 'systemicRisk', unsure: 'yes' },
  N13: { fact: 'meetsPeople', unsure: 'yes' },
};

function askedAt(node: TreeNode): Asked {
  const found = asked[node.id];
  if (!found) throw new Error(`Say how node ${node.id} of the tree is asked.`);
  return found;
}

/** The answers with which control goes from `node` to `target`; `null` when it never does. */
function leadsTo(node: TreeNode, target: string): Condition | null {
  const { fact, unsure, branch } = askedAt(node);
  const branches = (['yes', 'no'] as const).filter((name) => node[name] === target);
  const parts = branches.map((name): Condition => {
    if (branch) return branch[name];
    const unsureToo = node.unsure?.startsWith('END') !== true && unsure === name;
    return unsureToo ? when.in(fact, name, 'unsure') : when.equal(fact, name);
  });
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0]! : { any: parts };
}

const outsideEu = when.equal('inEu', 'no');
const insideEu = when.in('inEu', 'yes', 'unsure');
const notProhibited = when.equal('prohibitedUse', 'no');

/**
 * When a node is asked: when an earlier answer leads to it. Outside the EU, N5 to N10 are asked all
 * the same, as a shadow: a use can be sensitive wherever it is. N11 and N13 are asked inside the EU
 * whatever N6 to N10 gave, for their duties come on top.
 */
function askedWhen(id: string): Condition | undefined {
  if (id === 'N11' || id === 'N13') return when.all(insideEu, notProhibited);
  const ways = decisionTree.flatMap((node) => {
    if (node.next === id) return [askedWhen(node.id)].filter((way) => way !== undefined);
    const way = leadsTo(node, id);
    return way ? [way] : [];
  });
  if (id === 'N5') ways.push(outsideEu);
  if (ways.length === 0) return undefined;
  return ways.length === 1 ? ways[0]! : { any: ways };
}

function nodeField(node: TreeNode): Field {
  const { fact, field } = askedAt(node);
  const base = { key: fact, label: node.ask, ...(node.note ? { hint: node.note } : {}) };
  const made: Field = field
    ? field(base)
    : { ...base, type: 'yes-no-unsure' as const, required: true };
  const condition = askedWhen(node.id);
  return condition ? { ...made, when: condition } : made;
}

/** The questions of these nodes, in the tree's order, each asked when an answer leads to it. */
export function treeFields(...ids: readonly string[]): readonly Field[] {
  return decisionTree.filter(({ id }) => ids.includes(id)).map(nodeField);
}

/** What else the derogation of Article 6(3) needs. */
export const derogationFields: readonly Field[] = [
  ...treeFields('N9', 'N10'),
  {
    key: 'significantRisk',
    label: 'Could it harm somebody’s health, safety or rights in a significant way?',
    type: 'yes-no-unsure',
    required: true,
    when: when.equal('profiling', 'no'),
  },
  {
    key: 'derogationWhy',
    label: 'What are the reasons for or against the derogation?',
    why: 'The assessment must be written down before the system is used.',
    type: 'longtext',
    maxLength: 10_000,
    required: true,
  },
];

/** CEL that is true when the use is in an area of Annex III; never unknown. */
export const annexThreeCel = 'known(sensitiveAreas) && sensitiveAreas.exists(a, a != "none")';

/** CEL that is true when Article 6(3) takes the use out again; never unknown. */
export const derogationCel =
  'known(profiling) && profiling == "no" && known(derogationGrounds) && ' +
  'derogationGrounds.exists(g, g != "none") && known(significantRisk) && significantRisk == "no"';

const annexOne: Condition = when.all(
  when.yesOrUnsure('safetyComponent'),
  when.yesOrUnsure('thirdPartyCheck'),
);
const annexThree: Condition = when.all(someArea, when.equal('derogationFound', false));

/**
 * DT-REG-CLASS: the strictest end of the tree. N11 to N13 run beside N6 to N10, so the rows are in
 * the order of strictness and not of the tree. What cannot be told is on hold.
 */
export const regClassTable: DecisionTable = {
  key: 'DT-REG-CLASS',
  name: 'Class under the EU AI Act',
  hit: 'first',
  inputs: [
    'isAi',
    'inEu',
    'excludedUse',
    'prohibitedUse',
    'safetyComponent',
    'thirdPartyCheck',
    'sensitiveAreas',
    'derogationFound',
    'gpaiProvider',
    'systemicRisk',
    'meetsPeople',
  ],
  outputs: declare('table', { regClass: [choice(regClasses), 'Class under the EU AI Act'] }),
  rules: [
    {
      when: when.equal('prohibitedUse', 'yes'),
      then: { regClass: 'prohibited' },
      note: 'Also outside the EU, unless the organisation decides otherwise.',
    },
    { when: when.equal('prohibitedUse', 'unsure'), then: { regClass: 'hold' } },
    { when: when.equal('isAi', 'no'), then: { regClass: 'not-ai' } },
    {
      when: when.all(outsideEu, notProhibited),
      then: { regClass: 'out-of-scope' },
      note: 'Sensitive use is found all the same.',
    },
    { when: when.equal('excludedUse', 'yes'), then: { regClass: 'out-of-scope' } },
    { when: when.all(notProhibited, annexOne), then: { regClass: 'high-risk-annex-i' } },
    { when: when.all(notProhibited, annexThree), then: { regClass: 'high-risk-annex-iii' } },
    {
      when: when.all(notProhibited, someArea, when.equal('derogationFound', true)),
      then: { regClass: 'derogated' },
    },
    {
      when: when.all(
        notProhibited,
        noArea,
        when.yesOrUnsure('gpaiProvider'),
        when.yesOrUnsure('systemicRisk'),
      ),
      then: { regClass: 'gpai-systemic' },
    },
    {
      when: when.all(
        notProhibited,
        noArea,
        when.yesOrUnsure('gpaiProvider'),
        when.equal('systemicRisk', 'no'),
      ),
      then: { regClass: 'gpai' },
    },
    {
      when: when.all(
        notProhibited,
        noArea,
        when.equal('gpaiProvider', 'no'),
        when.yesOrUnsure('meetsPeople'),
      ),
      then: { regClass: 'transparency' },
    },
    {
      when: when.all(
        notProhibited,
        noArea,
        when.equal('gpaiProvider', 'no'),
        when.equal('meetsPeople', 'no'),
      ),
      then: { regClass: 'minimal' },
    },
    { then: { regClass: 'hold' }, note: 'An answer is missing: on hold until it is given.' },
  ],
};

/** Answers to the tree, by node: what {@link walkTree} goes by. */
export type TreeAnswers = Readonly<Record<string, 'yes' | 'no' | 'unsure' | undefined>>;

/** Walks the tree from a node to its end by plain answers; `null` when one is missing. */
export function walkTree(answers: TreeAnswers, from = 'N1'): string | null {
  const node = decisionTree.find(({ id }) => id === from);
  if (!node) return from;
  if (node.next) return walkTree(answers, node.next);
  const answer = answers[node.id];
  if (answer === undefined) return null;
  const end = answer === 'unsure' && node.unsure?.startsWith('END') ? node.unsure : undefined;
  const to = end ?? node[answer === 'unsure' ? askedAt(node).unsure : answer];
  return to === undefined ? null : walkTree(answers, to);
}
