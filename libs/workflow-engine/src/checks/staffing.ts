import { type Compiled, compiledOf } from '../definition/compiled.ts';
import type { DefinitionProblem } from '../definition/definition-problem.ts';
import type {
  ApprovalStep,
  FormStep,
  Seat,
  StepId,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { reaches } from '../definition/graph.ts';
import { peopleIn } from '../people/seats.ts';

/** Somebody who is there to do work. */
export interface StaffMember {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly string[];
}

type PeopleStep = FormStep | ApprovalStep;

/** How far an assignment is searched for, and how many sets of steps are looked at. */
const maxTries = 20_000;
const maxSets = 200;

/**
 * What these people cannot do: roles that nobody holds, decisions with more seats than people, and
 * steps that are kept apart with too few people to keep them so. Roles that depend on facts, and
 * parties of the subject, are not known before a run and not looked at. All are warnings.
 */
export function staffingProblems(
  definition: WorkflowDefinition,
  people: readonly StaffMember[],
): readonly DefinitionProblem[] {
  const compiled = compiledOf(definition);
  const steps = definition.steps.filter(
    (step): step is PeopleStep => 'role' in step && compiled.places.has(step.id),
  );
  const problems = steps.flatMap((step) => lacking(step, people));
  const short = new Set(problems.map(({ place }) => place));
  const manned = steps.filter(({ id }) => !short.has(`steps.${id}`));
  return [...problems, ...clashes(compiled, manned, people)];
}

/** The wanted requirements that no step which a run can come to serves. */
export function unservedRequirements(
  definition: WorkflowDefinition,
  wanted: readonly string[],
): readonly string[] {
  const { places } = compiledOf(definition);
  const served = new Set(
    definition.steps.flatMap(({ id, requirements }) =>
      places.has(id) ? (requirements ?? []) : [],
    ),
  );
  return wanted.filter((requirement) => !served.has(requirement));
}

/** The seats of a step as far as the definition alone says; none when facts decide. */
function seatsOf(step: PeopleStep): readonly Seat[] {
  if (step.roleFrom) return [];
  if (step.type !== 'approval') return [{ role: step.role, count: 1 }];
  if (step.approvers) return [];
  const { quorum } = step;
  if (!quorum) return [{ role: step.role, count: 1 }];
  const needed = { any: 1, all: peopleIn(quorum.seats) };
  const needs = typeof quorum.needs === 'number' ? quorum.needs : needed[quorum.needs];
  // Any of the seats will do as long as not all are needed.
  return needs >= peopleIn(quorum.seats) ? quorum.seats : quorum.seats.slice(0, 0);
}

const holders = (role: string, people: readonly StaffMember[]) =>
  people.filter(({ roles }) => roles.includes(role));

function warning(
  step: PeopleStep,
  code: DefinitionProblem['code'],
  message: string,
): DefinitionProblem {
  return { code, severity: 'warning', place: `steps.${step.id}`, message };
}

function lacking(step: PeopleStep, people: readonly StaffMember[]): readonly DefinitionProblem[] {
  const seats = seatsOf(step);
  const nobody = seats.filter(({ role }) => holders(role, people).length === 0);
  if (nobody.length > 0) {
    return nobody.map(({ role }) =>
      warning(step, 'nobody-holds-role', `Nobody holds “${role}”, who does “${step.name}”.`),
    );
  }
  const assigned = assign([{ step, seats }], people, () => false);
  if (assigned !== 'none') return [];
  const wanted = seats.map(({ role, count }) => `${count} of “${role}”`).join(' and ');
  const message = `“${step.name}” needs ${wanted}, each another person. Too few people hold these roles.`;
  return [warning(step, 'too-few-people', message)];
}

interface Manned {
  readonly step: PeopleStep;
  readonly seats: readonly Seat[];
}

/**
 * Looks for people for all seats so that no two seats of a step, or of steps kept apart, get the
 * same one. `unknown` when the search was given up.
 */
function assign(
  manned: readonly Manned[],
  people: readonly StaffMember[],
  apart: (one: StepId, other: StepId) => boolean,
): 'found' | 'none' | 'unknown' {
  const places = manned
    .flatMap(({ step, seats }) =>
      seats.flatMap(({ role, count }) =>
        Array.from({ length: Math.min(count, 50) }, () => ({
          step: step.id,
          able: holders(role, people).map(({ personId }) => personId),
        })),
      ),
    )
    .sort((left, right) => left.able.length - right.able.length);
  let tries = 0;
  const chosen: string[] = [];
  const seat = (at: number): boolean => {
    const place = places[at];
    if (!place) return true;
    for (const person of place.able) {
      if ((tries += 1) > maxTries) return false;
      const taken = places.slice(0, at).some(({ step }, nth) => {
        return chosen[nth] === person && (step === place.step || apart(step, place.step));
      });
      if (taken) continue;
      chosen[at] = person;
      if (seat(at + 1)) return true;
    }
    return false;
  };
  if (seat(0)) return 'found';
  return tries > maxTries ? 'unknown' : 'none';
}

/** Steps kept apart that these people cannot keep apart, on some way through the workflow. */
function clashes(
  compiled: Compiled,
  steps: readonly PeopleStep[],
  people: readonly StaffMember[],
): readonly DefinitionProblem[] {
  const rules = new Map(
    steps.map(({ id, separation }) => [
      id,
      new Set(separation?.flatMap((rule) => rule.steps ?? [])),
    ]),
  );
  const apart = (one: StepId, other: StepId): boolean =>
    (rules.get(one)?.has(other) ?? false) || (rules.get(other)?.has(one) ?? false);
  const involved = steps.filter(({ id }) => steps.some((other) => apart(id, other.id)));
  const problems: DefinitionProblem[] = [];
  const told = new Set<string>();
  for (const set of setsTogether(compiled, involved)) {
    const ids = set.map(({ id }) => id);
    if ([...told].some((key) => key.split('|').every((id) => ids.includes(id)))) continue;
    const manned = set.map((step) => ({ step, seats: seatsOf(step) }));
    if (assign(manned, people, apart) !== 'none') continue;
    const least = smallest(manned, people, apart);
    told.add(least.map(({ step }) => step.id).join('|'));
    problems.push(clash(least, people));
  }
  return problems;
}

/** The fewest of these steps that still cannot be kept apart: what has to be said. */
function smallest(
  manned: readonly Manned[],
  people: readonly StaffMember[],
  apart: (one: StepId, other: StepId) => boolean,
): readonly Manned[] {
  let left = manned;
  for (const one of manned) {
    const without = left.filter((other) => other !== one);
    if (assign(without, people, apart) === 'none') left = without;
  }
  return left;
}

function clash(manned: readonly Manned[], people: readonly StaffMember[]): DefinitionProblem {
  const able = people.filter(({ roles }) =>
    manned.some(({ seats }) => seats.some(({ role }) => roles.includes(role))),
  );
  const names = able.map(({ name }) => name).join(', ');
  const steps = manned.map(({ step }) => `“${step.name}”`).join(' and ');
  const all = manned.length === 2 ? 'both' : 'all of';
  const only =
    able.length === 1 ? `Only ${names} can do ${all} ${steps}` : `Only ${names} can do ${steps}`;
  const last = manned.at(-1)?.step ?? manned[0]?.step;
  const message = `${only}, which different people must do. Give one of the roles to somebody else.`;
  return {
    ...{ code: 'cannot-keep-apart', severity: 'warning', message },
    place: `steps.${last?.id ?? ''}`,
  };
}

/** The largest sets of these steps that can all be done in one run. */
function setsTogether(
  compiled: Compiled,
  steps: readonly PeopleStep[],
): readonly (readonly PeopleStep[])[] {
  const { places, steps: all } = compiled;
  const beside = (one: StepId, other: StepId): boolean =>
    (places.get(one) ?? []).some((branch, depth) => {
      const around = places.get(other)?.[depth];
      const block = branch.slice(0, branch.lastIndexOf('/') + 1);
      return around !== undefined && around !== branch && around.startsWith(block);
    });
  const pairs = new Set(
    steps.flatMap((one) =>
      steps
        .filter((other) => beside(one.id, other.id) || reaches(one.id, other.id, all))
        .flatMap((other) => [`${one.id}|${other.id}`, `${other.id}|${one.id}`]),
    ),
  );
  const together = (one: PeopleStep, other: PeopleStep): boolean =>
    one !== other && pairs.has(`${one.id}|${other.id}`);
  const sets: (readonly PeopleStep[])[] = [];
  let tries = 0;
  const grow = (
    set: readonly PeopleStep[],
    open: readonly PeopleStep[],
    left: readonly PeopleStep[],
  ) => {
    tries += 1;
    if (sets.length >= maxSets || tries > maxTries) return;
    const [pivot] = open;
    if (!pivot) {
      if (left.length === 0 && set.length > 1) sets.push(set);
      return;
    }
    // What goes with the first of them is found with it.
    let [rest, passed] = [open, left];
    for (const step of open.filter((one) => one === pivot || !together(one, pivot))) {
      grow(
        [...set, step],
        rest.filter((other) => together(step, other)),
        passed.filter((other) => together(step, other)),
      );
      rest = rest.filter((other) => other !== step);
      passed = [...passed, step];
    }
  };
  grow([], steps, []);
  return sets;
}
