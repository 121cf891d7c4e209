import type { Compiled } from '../definition/compiled.ts';
import type { Step, StepId } from '../definition/definition.ts';
import { exitsOf, skipTargets } from '../definition/graph.ts';
import { sidePath } from '../definition/places.ts';
import { type Block, blockFrom, isWithin } from './soundness-block.ts';

/** Steps on a way, the first first: `<step>` or `<step>: <what was chosen>`. */
export type Trace = readonly string[];

/**
 * What can come of a region, a part of the flow with one token on its own way: `arrived` at the
 * join of its block, or `came` there with a side path still open, `over` at the end of its side
 * path, `ended` with the run, or `><step>`, gone to a step outside.
 */
export type Result = string;

/** A state of a region from which only these results can still come. */
export interface Rest {
  readonly results: ReadonlySet<Result>;
  readonly trace: Trace;
  /** Where the tokens are. */
  readonly at: readonly StepId[];
}

/** All that the surroundings of a region must know about it. */
export interface Analysis {
  /** Each result that can come, with a short way to it. */
  readonly results: ReadonlyMap<Result, Trace>;
  /** The states that leave the least open; none that can still end the run, which is always well. */
  readonly rests: readonly Rest[];
  /** States from which nothing can come any more, those that stand still first. */
  readonly dead: readonly Rest[];
}

/** Where a region lies: how deep, and in a side path or not; `closedBy` is the join of its block. */
export interface Region {
  readonly start: StepId;
  readonly side: boolean;
  readonly depth: number;
  readonly closedBy: StepId | null;
}

interface Node {
  readonly key: string;
  readonly step: StepId | null;
  readonly at: readonly StepId[];
  /** The side path beside it that will not end by itself, if there is one. */
  readonly beside: Rest | null;
  readonly ways: Way[];
  readonly results: Map<Result, Trace>;
  readonly from: Node | null;
  readonly by: Trace;
}

interface Way {
  readonly to: Node;
  readonly by: Trace;
}

/**
 * Analyses regions, each once and by itself. That is exact, because tokens of different branches
 * and side paths do not touch each other before one of them leaves or all have come to the join:
 * until then every state of one goes with every state of another.
 */
export class Regions {
  readonly compiled: Compiled;
  /** Steps that some run comes to. */
  readonly reached = new Set<StepId>();
  /** Side paths by their first step, with the step and boundary that start them. */
  readonly sides = new Map<StepId, { readonly by: string; readonly analysis: Analysis | null }>();
  private readonly blocks = new Map<StepId, Block>();

  constructor(compiled: Compiled) {
    this.compiled = compiled;
  }

  /** The analysis of a region. */
  analyse(region: Region): Analysis {
    return new RegionGraph(this, region).analysis();
  }

  /** The analysis of the side path that begins at a step; null inside itself, where it cannot begin. */
  side(start: StepId, by: string): Analysis | null {
    const known = this.sides.get(start);
    if (known !== undefined) return known.analysis;
    this.sides.set(start, { by, analysis: null });
    const analysis = this.analyse({ start, side: true, depth: 1, closedBy: null });
    this.sides.set(start, { by, analysis });
    return analysis;
  }

  /** The analysis of a parallel block that lies in a region. */
  block(step: Step & { readonly type: 'parallel' }, { side, depth }: Region): Block {
    let block = this.blocks.get(step.id);
    if (!block) {
      const inside = { side, depth: depth + 1, closedBy: step.join };
      const branches = step.branches.map(({ start, when }) => ({
        analysis: this.analyse({ ...inside, start }),
        certain: when === undefined,
      }));
      block = blockFrom(step, this.compiled.steps.get(step.join), branches);
      this.blocks.set(step.id, block);
    }
    return block;
  }
}

class RegionGraph {
  private readonly regions: Regions;
  private readonly region: Region;
  private readonly nodes = new Map<string, Node>();
  private readonly order: Node[] = [];

  constructor(regions: Regions, region: Region) {
    this.regions = regions;
    this.region = region;
  }

  analysis(): Analysis {
    const nowhere = { step: null, at: [], beside: null, from: null, by: [] };
    this.go(this.node('', nowhere), `>${this.region.start}`, { by: [], beside: null });
    for (const node of this.order) this.expand(node);
    return { results: this.allResults(), ...this.rests() };
  }

  private node(
    key: string,
    { step, at, ...rest }: Pick<Node, 'step' | 'at' | 'beside' | 'from' | 'by'>,
  ): Node {
    const full = `${key}|${rest.beside ? `!${[...rest.beside.results].join()}` : ''}`;
    let node = this.nodes.get(full);
    if (!node) {
      node = { key: full, step, at, ways: [], results: new Map(), ...rest };
      this.nodes.set(full, node);
      this.order.push(node);
    }
    return node;
  }

  /** Notes that a result follows from a node: here inside, or as a result of the region. */
  private go(
    from: Node,
    result: Result,
    { by, beside }: { readonly by: Trace; readonly beside: Rest | null },
  ): void {
    const inner = result.startsWith('>') ? this.arrival(result.slice(1)) : result;
    if (typeof inner === 'string') {
      if (inner === 'arrived' && this.region.closedBy) {
        this.regions.reached.add(this.region.closedBy);
      }
      // What has come to its end waits for the side path beside it.
      if (beside && (inner === 'arrived' || inner === 'over')) {
        const at = [...(this.region.closedBy === null ? [] : [this.region.closedBy]), ...beside.at];
        const waiting = this.node(inner, { step: null, at, beside, from, by });
        if (inner === 'arrived') waiting.results.set('came', []);
        from.ways.push({ to: waiting, by });
      } else if (!from.results.has(inner)) from.results.set(inner, by);
      return;
    }
    const at = [inner.step, ...(beside?.at ?? [])];
    const to = this.node(inner.step, { step: inner.step, at, beside, from, by });
    this.regions.reached.add(inner.step);
    from.ways.push({ to, by });
  }

  /** Where going to a step leads from inside this region: to a step of it, or out of it. */
  private arrival(to: StepId): Result | { readonly step: StepId } {
    const { places, steps } = this.regions.compiled;
    const { side, depth, closedBy } = this.region;
    const step = steps.get(to);
    if (to === closedBy) return 'arrived';
    if (step?.type === 'end') {
      this.regions.reached.add(to);
      return 'ended';
    }
    if (step?.type === 'path-end' && side && depth === 1) {
      this.regions.reached.add(to);
      return 'over';
    }
    const place = places.get(to) ?? [];
    // A join of another block is looked for around this region.
    const here =
      step?.type === 'join'
        ? depth === 0
        : (place[0] === sidePath) === side && place.length >= depth;
    return here ? { step: to } : `>${to}`;
  }

  private expand(node: Node): void {
    const { beside } = node;
    const go = (result: Result, by: Trace, next = beside): void =>
      this.go(node, result, { by, beside: next });
    // The side path may leave for good: what is beside it ends then.
    for (const result of beside?.results ?? []) go(result, [], null);
    const step = node.step === null ? undefined : this.regions.compiled.steps.get(node.step);
    // At a join that closes no block around it, control waits for ever.
    if (!step || step.type === 'join') return;
    if (step.type === 'parallel') this.expandBlock(node, step);
    const exits = exitsOf(step, this.regions.compiled.steps);
    for (const { to, by, key } of exits) {
      if (by === 'branch') continue;
      const word = by === 'next' ? '' : `: ${key === '' ? by : key}`;
      if (by !== 'beside') go(`>${to}`, [`${step.id}${word}`]);
      else this.expandSide(node, to, `${step.id}${word}`);
    }
    if (step.when) {
      for (const to of skipTargets(step, this.regions.compiled.steps)) {
        go(`>${to}`, [`${step.id}: skipped`]);
      }
    }
  }

  private expandSide(node: Node, start: StepId, word: string): void {
    const side = this.regions.side(start, word);
    if (!side) return;
    for (const [result, trace] of side.results) {
      if (result !== 'over') this.go(node, result, { by: [word, ...trace], beside: null });
    }
    // A second one that does not end by itself would only add ways out.
    if (node.beside) return;
    for (const rest of side.rests.filter(({ results }) => !results.has('over'))) {
      const by = [word, ...rest.trace];
      const at = [...node.at, ...rest.at];
      const { step } = node;
      const to = this.node(step ?? node.key, { step, at, beside: rest, from: node, by });
      node.ways.push({ to, by });
    }
  }

  private expandBlock(node: Node, step: Step & { readonly type: 'parallel' }): void {
    const block = this.regions.block(step, this.region);
    const on = (from: Node, result: Result, by: Trace): void => {
      const { beside } = node;
      if (result !== 'passed') this.go(from, result, { by, beside });
      else for (const to of block.next) this.go(from, `>${to}`, { by, beside });
    };
    for (const [result, trace] of block.results) on(node, result, [step.id, ...trace]);
    block.rests.forEach((rest, nth) => {
      const by = [step.id, ...rest.trace];
      const at = [...rest.at, ...(node.beside?.at ?? [])];
      const inside = { step: null, at, beside: node.beside, from: node, by };
      const to = this.node(`${step.id}/${nth}`, inside);
      node.ways.push({ to, by });
      for (const result of rest.results) on(to, result, []);
    });
  }

  private allResults(): ReadonlyMap<Result, Trace> {
    const all = new Map<Result, Trace>();
    for (const node of this.order) {
      for (const [result, by] of node.results) {
        if (!all.has(result)) all.set(result, [...traceTo(node), ...by]);
      }
    }
    return all;
  }

  /** For each node the results that can still come; of these the least. */
  private rests(): Pick<Analysis, 'rests' | 'dead'> {
    const backwards = new Map<Node, Node[]>();
    for (const node of this.order) {
      for (const { to } of node.ways) backwards.set(to, [...(backwards.get(to) ?? []), node]);
    }
    const still = new Map(this.order.map((node) => [node, new Set(node.results.keys())]));
    for (const result of new Set(this.order.flatMap((node) => [...node.results.keys()]))) {
      const able = new Set(this.order.filter((node) => node.results.has(result)));
      // A set is walked in order of insertion, with what is added on the way.
      for (const node of able) for (const source of backwards.get(node) ?? []) able.add(source);
      for (const node of able) still.get(node)?.add(result);
    }
    // The first node is no state: nothing waits before the first step.
    const states = this.order.slice(1).map((node): Rest & { readonly stands: boolean } => ({
      results: still.get(node) ?? new Set(),
      trace: traceTo(node),
      at: node.at,
      stands: node.ways.length === 0,
    }));
    const dead = states.filter(({ results }) => results.size === 0);
    dead.sort((left, right) => Number(right.stands) - Number(left.stands));
    const arrived = this.allResults().get('arrived');
    const { closedBy } = this.region;
    const waiting: Rest[] =
      arrived && closedBy !== null
        ? [{ results: new Set(['arrived']), trace: arrived, at: [closedBy] }]
        : [];
    return { dead, rests: least([...waiting, ...dead.slice(0, 1), ...states]) };
  }
}

function traceTo(node: Node): Trace {
  const parts: Trace[] = [];
  for (let at: Node | null = node; at; at = at.from) parts.unshift(at.by);
  return parts.flat();
}

/** Of several states those that leave the least open, without those that can still end the run. */
export function least<State extends Pick<Rest, 'results'>>(states: readonly State[]): State[] {
  const kept: State[] = [];
  for (const state of states) {
    if (state.results.has('ended')) continue;
    if (kept.some(({ results }) => isWithin(results, state.results))) continue;
    const others = kept.filter(({ results }) => !isWithin(state.results, results));
    kept.splice(0, kept.length, ...others, state);
  }
  return kept;
}
