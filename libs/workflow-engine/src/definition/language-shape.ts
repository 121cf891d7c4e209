import type { Condition, FactDeclaration, FactType } from '../expressions/condition.ts';
import type {
  ApprovalStep,
  AwaitStep,
  Boundary,
  CheckStep,
  DecisionTable,
  Due,
  DueOn,
  DueRule,
  EachRule,
  EndStep,
  EscalationLevel,
  FormStep,
  GateCondition,
  JoinStep,
  Outcome,
  ParallelStep,
  PathEndStep,
  Quorum,
  Seat,
  SeparationRule,
  SignalStep,
  Step,
  SubWorkflowStep,
  TableStep,
  Take,
  TellStep,
  TimerStep,
  Transition,
  UndoStep,
  WorkflowDefinition,
} from './definition.ts';
import { formShape } from './form-shape.ts';
import {
  byField,
  byType,
  byTag,
  type Checker,
  either,
  list,
  name,
  named,
  number,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  yesNo,
} from '../expressions/shape.ts';
import { condition, expression, label, names, prose, scalar } from './rule-shape.ts';

/** Far more than people can follow; checking more would take too long. */
export const maxSteps = 300;
export const maxFacts = 1_000;

const factType: Shape<FactType> = named('factType', () => {
  const options = list(text(200), { most: 500 });
  return byTag<FactType>('kind', {
    ...{ boolean: plainType('boolean'), number: plainType('number'), text: plainType('text') },
    ...{ date: plainType('date'), person: plainType('person'), people: plainType('people') },
    evidence: plainType('evidence'),
    choice: object<FactType & { kind: 'choice' }>({ kind: oneOf('choice'), options }),
    choices: object<FactType & { kind: 'choices' }>({ kind: oneOf('choices'), options }),
    list: object<FactType & { kind: 'list' }>({ kind: oneOf('list'), of: record(factType, 100) }),
  } satisfies Record<FactType['kind'], Checker>);
});

type PlainKind = 'boolean' | 'number' | 'text' | 'date' | 'person' | 'people' | 'evidence';

function plainType(kind: PlainKind): Checker {
  return object<{ readonly kind: PlainKind }>({ kind: oneOf(kind) });
}

const fact = named('fact', () =>
  object<FactDeclaration>({
    name: name(),
    type: factType,
    source: oneOf('subject', 'organisation', 'form', 'table', 'calculated', 'run'),
    description: optional(prose),
  }),
);

const due = named('due', () =>
  object<Due>({
    amount: number(0, 10_000),
    unit: oneOf('business-days', 'business-hours', 'calendar-days'),
  }),
);
const dueRule = object<DueRule>({
  when: optional(condition),
  due: byField<Due | DueOn>({ on: object<DueOn>({ on: name() }), amount: due }),
  pauses: optional(yesNo),
});

const take = named('take', () => object<Take>({ ours: name(), theirs: name() }));
const takes = list(take, { most: 100 });

const at = number(1, 1_000);
const escalation = named('escalation', () =>
  byTag<EscalationLevel>('action', {
    remind: object<EscalationLevel & { action: 'remind' }>({ at, action: oneOf('remind') }),
    tell: object<EscalationLevel & { action: 'tell' }>({ at, action: oneOf('tell'), role: name() }),
    reassign: object<EscalationLevel & { action: 'reassign' }>({
      ...{ at, action: oneOf('reassign'), role: optional(name()), assignee: optional(name()) },
    }),
    settle: object<EscalationLevel & { action: 'settle' }>({
      ...{ at, action: oneOf('settle'), outcome: name() },
    }),
  } satisfies Record<EscalationLevel['action'], Checker>),
);

const enough = named('enough', () =>
  byField<{ readonly count: number } | { readonly when: Condition }>({
    count: object<{ readonly count: number }>({ count: number(1, 500, true) }),
    when: object<{ readonly when: Condition }>({ when: condition }),
  }),
);

const each = named('each', () =>
  object<EachRule>({
    over: name(),
    as: name(),
    order: oneOf('together', 'one-by-one'),
    collect: optional(name()),
    enough: optional(enough),
  }),
);

const boundary = named('boundary', () => {
  const common = { id: name(), label, interrupts: yesNo, to: name() };
  return byField<Boundary>({
    after: object<Boundary & { readonly after: Due }>({ ...common, after: due }),
    signal: object<Boundary & { readonly signal: string }>({
      ...{ ...common, signal: name(), takes: optional(takes) },
    }),
  });
});

const transition = named('transition', () =>
  object<Transition>({ to: name(), when: optional(condition), label: optional(label) }),
);
const next = list(transition, { most: 50 });

const separation = named('separation', () =>
  object<SeparationRule>({
    id: name(),
    parties: optional(names),
    steps: optional(names),
    when: optional(condition),
    because: prose,
    waivable: oneOf('never', 'micro'),
  }),
);

const table = named('decisionTable', () =>
  object<DecisionTable>({
    key: name(),
    name: label,
    hit: oneOf('first', 'unique', 'any', 'shortest', 'highest', 'sum', 'count'),
    inputs: names,
    outputs: list(fact, { most: 50, by: 'name' }),
    rules: list(
      object<DecisionTable['rules'][number]>({
        when: optional(condition),
        then: record(scalar, 50),
        note: optional(prose),
      }),
      { most: 500 },
    ),
  }),
);

const gate = object<GateCondition>({
  ...{ key: name(), label, applies: optional(condition), holds: condition, cure: prose },
});

const outcome = named('outcome', () =>
  object<Outcome>({
    key: name(),
    label,
    effect: oneOf('approve', 'approve-with-conditions', 'ask-for-changes', 'reject', 'stop'),
    to: name(),
    reasonRequired: yesNo,
    consequence: prose,
    when: optional(condition),
  }),
);

const quorum = named('quorum', () =>
  object<Quorum>({
    seats: list(object<Seat>({ role: name(), count: number(1, 50, true) }), { most: 20, least: 1 }),
    needs: either<Quorum['needs']>(
      'any, all or a number',
      oneOf('any', 'all'),
      number(1, 500, true),
    ),
    veto: optional(names),
    ordered: optional(yesNo),
    blind: optional(yesNo),
  }),
);

const base = {
  id: name(),
  stage: name(),
  name: label,
  description: optional(prose),
  when: optional(condition),
  requirements: optional(list(text(100), { most: 100 })),
  evidence: optional(list(text(500), { most: 50 })),
};
const boundaries = optional(list(boundary, { most: 20, by: 'id' }));
const undoneBy = optional(name());
const failed = optional(name());
const people = {
  ...base,
  boundaries,
  role: name(),
  roleFrom: optional(expression),
  assignee: optional(name()),
  assign: optional(oneOf('least-loaded', 'round-robin', 'familiar')),
  delegable: optional(oneOf('nobody', 'same-role', 'anyone')),
  performer: optional(name()),
  minutes: optional(number(0, 100_000)),
  due: optional(list(dueRule, { most: 50 })),
  escalation: optional(list(escalation, { most: 20 })),
};

const formStep = object<FormStep>({
  ...people,
  type: oneOf('form', 'task'),
  title: optional(prose),
  form: formShape,
  each: optional(each),
  separation: optional(list(separation, { most: 50 })),
  sendBackTo: optional(names),
  ...{ next, undoneBy },
});

const step: Shape<Step> = named('step', () =>
  byType<Step>({
    form: formStep,
    task: formStep,
    approval: object<ApprovalStep>({
      ...people,
      type: oneOf('approval'),
      question: prose,
      approvers: optional(table),
      quorum: optional(quorum),
      outcomeFact: optional(name()),
      outcomes: list(outcome, { most: 20, by: 'key' }),
      separation: list(separation, { most: 50 }),
      gate: optional(list(gate, { most: 100, by: 'key' })),
      shows: names,
      undoneBy,
    }),
    check: object<CheckStep>({
      ...{ ...base, type: oneOf('check'), failed, undoneBy, next },
      set: optional(list(object({ fact: name(), value: expression }), { most: 100 })),
    }),
    table: object<TableStep>({ ...base, type: oneOf('table'), table, failed, next }),
    timer: object<TimerStep>({ ...base, boundaries, type: oneOf('timer'), wait: due, next }),
    await: object<AwaitStep>({
      ...{ ...base, boundaries, type: oneOf('await'), signal: name(), takes: optional(takes) },
      ...{ keptFor: optional(due), next },
    }),
    signal: object<SignalStep>({
      ...{ ...base, type: oneOf('signal'), signal: name(), to: oneOf('ai-system', 'organisation') },
      ...{ facts: optional(takes), next },
    }),
    tell: object<TellStep>({
      ...{ ...base, type: oneOf('tell'), roles: optional(names), people: optional(names) },
      ...{ title: prose, text: prose, undoneBy, next },
    }),
    undo: object<UndoStep>({ ...base, type: oneOf('undo'), steps: optional(names), next }),
    'sub-workflow': object<SubWorkflowStep>({
      ...{ ...base, boundaries, type: oneOf('sub-workflow'), calls: name(), each: optional(each) },
      ...{ failed, undoneBy, input: takes, output: takes, outcomeFact: name(), next },
    }),
    parallel: object<ParallelStep>({
      ...{ ...base, type: oneOf('parallel'), join: name() },
      branches: list(
        object<ParallelStep['branches'][number]>({
          ...{ id: name(), start: name(), label: optional(label), when: optional(condition) },
        }),
        { most: 50, by: 'id' },
      ),
    }),
    join: object<JoinStep>({
      ...{ ...base, type: oneOf('join'), closes: name(), enough: optional(enough), next },
    }),
    'path-end': object<PathEndStep>({ ...base, type: oneOf('path-end') }),
    end: object<EndStep>({
      ...{ ...base, type: oneOf('end'), outcome: name() },
      writes: optional(list(object({ field: name(), value: expression }), { most: 100 })),
    }),
  }),
);

/** The whole language: what a document must look like to be a workflow definition. */
export const definitionShape: Shape<WorkflowDefinition> = object<WorkflowDefinition>({
  key: name(),
  name: label,
  purpose: prose,
  subject: oneOf('ai-system'),
  facts: list(fact, { most: maxFacts, by: 'name' }),
  stages: list(object({ key: name(), name: label }), { most: 100, by: 'key' }),
  start: name(),
  steps: list(step, { most: maxSteps, by: 'id' }),
  repairNeedsTwo: optional(yesNo),
});
