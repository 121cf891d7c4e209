import type { Note } from '../document.ts';
import { FlowGraph } from './flow-graph.ts';
import type { Picture, PictureFlow, PictureNode } from './picture.ts';

const SPLITS = new Set(['ParallelGateway', 'InclusiveGateway', 'ComplexGateway']);
const INTERRUPTS = new Set(['Timer', 'Message', 'Signal', 'Conditional']);

/** A picture whose parallel parts are blocks: what splits, and the join that closes it. */
export interface Structured {
  readonly graph: FlowGraph;
  readonly start: string;
  /** The join of each gateway that splits. */
  readonly joins: ReadonlyMap<string, string>;
  readonly notes: readonly Note[];
  /** The node that stands for one that was taken away because it only led on. */
  readonly standIn: (id: string) => string;
}

/** Turns a picture into blocks; null when there is nothing to start with. */
export function structured(picture: Picture): Structured | null {
  const shaper = new Shaper(picture);
  const start = shaper.start();
  if (start === null) return null;
  shaper.dropBoundaries();
  shaper.openSubProcesses();
  shaper.followLinks();
  shaper.splitImplicitly();
  shaper.closeBlocks(start);
  shaper.dropPassThroughs();
  shaper.endWhatStops(start);
  return {
    graph: shaper.graph,
    start: shaper.follow(start),
    joins: shaper.joins,
    notes: shaper.notes,
    standIn: (id) => shaper.follow(id),
  };
}

class Shaper {
  readonly graph = new FlowGraph();
  readonly notes: Note[] = [];
  readonly joins = new Map<string, string>();
  private readonly gone = new Map<string, string>();
  private readonly picture: Picture;
  private made = 0;

  constructor(picture: Picture) {
    this.picture = picture;
    for (const node of picture.nodes) this.graph.add(node);
    for (const flow of picture.flows) this.graph.connect(flow);
  }

  /** Where a node went that was taken away because it only led on. */
  follow(id: string): string {
    const to = this.gone.get(id);
    return to === undefined ? id : this.follow(to);
  }

  start(): string | null {
    const top = this.picture.nodes.filter(
      ({ within, attachedTo }) => within === null && attachedTo === null,
    );
    const isStart = ({ kind }: PictureNode): boolean => kind === 'StartEvent';
    const [first, ...others] = top.filter(isStart);
    for (const other of others) {
      this.note(other, 'left', 'A workflow begins in one place. Draw this beginning by hand.');
    }
    if (first?.event) {
      this.note(first, 'changed', 'What starts it is set where the workflow is used, not in it.');
    }
    const chosen = first ?? top.find(({ id }) => this.graph.waysTo(id).length === 0) ?? top[0];
    return chosen?.id ?? null;
  }

  /** Boundaries of events that do not interrupt anything here. */
  dropBoundaries(): void {
    for (const node of this.picture.nodes) {
      if (node.attachedTo === null) continue;
      const kind = node.event?.kind ?? '';
      const host = this.graph.nodes.get(node.attachedTo);
      const fails = kind === 'Error' && host?.kind === 'CallActivity' && host.calls !== '';
      if (host && (fails || INTERRUPTS.has(kind)) && this.graph.waysFrom(node.id).length > 0)
        continue;
      this.note(node, 'left', 'Only time and signals interrupt a step here.');
      this.remove(node.id);
    }
  }

  /** What is inside a sub-process takes its place. */
  openSubProcesses(): void {
    for (const outer of this.picture.nodes) {
      const inside = this.picture.nodes.filter(({ within }) => within === outer.id);
      const starts = inside.filter(
        ({ id, attachedTo }) => attachedTo === null && this.graph.waysTo(id).length === 0,
      );
      const entry = starts.find(({ kind }) => kind === 'StartEvent') ?? starts[0];
      if (!entry) continue;
      this.note(outer, 'changed', 'Its steps stand in the workflow itself. They end together.');
      for (const boundary of this.graph.boundariesOf(outer.id)) {
        this.note(boundary, 'left', 'Nothing interrupts several steps at once here.');
        this.remove(boundary.id);
      }
      const ways = [...this.graph.waysFrom(outer.id)];
      for (const { id, kind, event } of inside) {
        const ends = kind === 'EndEvent' && event?.kind !== 'Terminate';
        if (!ends && this.graph.waysFrom(id).length > 0) continue;
        for (const way of ways) this.graph.connect({ ...way, id: this.newId('way'), from: id });
        if (ends && ways.length > 0) {
          this.graph.add({ ...this.nodeOf(id), kind: 'IntermediateThrowEvent', event: null });
        }
      }
      for (const way of ways) this.graph.disconnect(way);
      this.bypass(outer.id, entry.id);
    }
  }

  /** A link that is thrown leads to the link of the same name that is caught. */
  followLinks(): void {
    const linked = [...this.graph.nodes.values()].filter(({ event }) => event?.kind === 'Link');
    for (const from of linked.filter(({ kind }) => kind === 'IntermediateThrowEvent')) {
      const name = from.event?.text || from.name;
      const to = linked.find(
        (one) => one.kind === 'IntermediateCatchEvent' && (one.event?.text || one.name) === name,
      );
      if (to) this.graph.connect(this.way(from.id, to.id));
    }
  }

  /** A step with several ways on starts all of them, or those whose condition holds. */
  splitImplicitly(): void {
    for (const node of [...this.graph.nodes.values()]) {
      const ways = [...this.graph.waysFrom(node.id)];
      const isGateway = node.kind.endsWith('Gateway');
      if (ways.length < 2 || (isGateway && !SPLITS.has(node.kind))) continue;
      // A gateway that joins and splits is two.
      if (isGateway && this.graph.waysTo(node.id).length < 2) continue;
      const conditional = ways.some(({ condition }) => condition !== '');
      const kind = isGateway ? node.kind : conditional ? 'InclusiveGateway' : 'ParallelGateway';
      const split = this.add(kind, node.name, node.lane);
      for (const way of ways) {
        this.graph.disconnect(way);
        this.graph.connect({ ...way, from: split });
      }
      this.graph.connect(this.way(node.id, split));
      if (!isGateway) {
        this.note(
          node,
          'changed',
          'Its several ways on start side by side, from a split of their own.',
        );
      }
    }
  }

  /** Finds or makes the join of every split, the innermost first. */
  closeBlocks(start: string): void {
    const order = [...this.graph.reachable([start])];
    const splits = order.filter((id) => {
      const node = this.graph.nodes.get(id);
      return node && SPLITS.has(node.kind) && this.graph.waysFrom(id).length > 1;
    });
    // The fewer steps a split still has before it, the further out it lies.
    const depth = (id: string): number => this.graph.reachable([id]).size;
    for (const split of splits.sort((a, b) => depth(a) - depth(b))) this.close(split);
  }

  private close(split: string): void {
    const node = this.nodeOf(split);
    const starts = this.graph.waysFrom(split).map(({ to }) => to);
    const meeting = this.graph.meeting(starts);
    const inside = this.graph.reachable(starts, meeting);
    const met = meeting === null ? null : this.graph.nodes.get(meeting);
    const used = new Set(this.joins.values());
    if (
      met &&
      SPLITS.has(met.kind) &&
      !used.has(met.id) &&
      this.graph.waysFrom(met.id).length < 2
    ) {
      this.joins.set(split, met.id);
      this.endInside(inside, met.id);
      return;
    }
    const join = this.add('ParallelGateway', '', node.lane);
    this.joins.set(split, join);
    if (meeting === null) {
      const end = this.add('EndEvent', 'Done', node.lane);
      this.graph.connect(this.way(join, end));
    } else {
      for (const way of [...this.graph.waysTo(meeting)]) {
        if (!inside.has(way.from) && way.from !== split) continue;
        this.graph.disconnect(way);
        this.graph.connect({ ...way, to: join });
      }
      this.graph.connect(this.way(join, meeting));
      this.note(
        node,
        'changed',
        'Its branches had no join of their own. They wait for each other now.',
      );
    }
    this.endInside(inside, join);
  }

  /** A branch that ends has arrived; only an end that terminates ends the run. */
  private endInside(inside: ReadonlySet<string>, join: string): void {
    for (const id of inside) {
      const node = this.graph.nodes.get(id);
      if (node?.kind !== 'EndEvent' || node.event?.kind === 'Terminate') continue;
      if (this.isOnSidePath(id)) continue;
      this.graph.connect(this.way(id, join));
      this.graph.add({ ...node, kind: 'IntermediateThrowEvent', event: null });
    }
  }

  /** Whether only a boundary that does not interrupt leads here. */
  private isOnSidePath(id: string): boolean {
    return sidePathEnds(this.graph).has(id);
  }

  /** Gateways and events that only lead on are not steps. */
  dropPassThroughs(): void {
    const joins = new Set(this.joins.values());
    for (const node of [...this.graph.nodes.values()]) {
      const ways = this.graph.waysFrom(node.id);
      const [only] = ways;
      if (!only || ways.length > 1 || joins.has(node.id) || !leadsOnly(node)) continue;
      if (SPLITS.has(node.kind) && this.graph.waysTo(node.id).length > 1) {
        this.note(node, 'changed', 'It waits for branches that no split starts. It was left out.');
      }
      this.bypass(node.id, only.to);
    }
  }

  /** Whatever leads nowhere ends the run. */
  endWhatStops(start: string): void {
    const stops = [...this.graph.reachable([this.follow(start)])]
      .map((id) => this.nodeOf(id))
      .filter(({ id, kind }) => kind !== 'EndEvent' && this.graph.waysFrom(id).length === 0);
    if (stops.length === 0) return;
    const end = this.add('EndEvent', 'Done', '');
    for (const { id } of stops) this.graph.connect(this.way(id, end));
  }

  private nodeOf(id: string): PictureNode {
    const node = this.graph.nodes.get(id);
    if (!node) throw new RangeError(`There is no node ${id}.`);
    return node;
  }

  private add(kind: string, name: string, lane: string): string {
    const id = this.newId(kind);
    const blank = { text: '', attachedTo: null, interrupts: true, event: null, within: null };
    this.graph.add({ ...blank, calls: '', repeats: null, id, kind, name, lane });
    return id;
  }

  private way(from: string, to: string): PictureFlow {
    return { id: this.newId('way'), from, to, name: '', condition: '', isDefault: false };
  }

  private newId(what: string): string {
    this.made += 1;
    return `+${what}${this.made}`;
  }

  private bypass(id: string, to: string): void {
    this.graph.bypass(id, to);
    if (id !== to) this.gone.set(id, to);
  }

  private remove(id: string): void {
    for (const way of [...this.graph.waysFrom(id)]) this.graph.disconnect(way);
    this.graph.nodes.delete(id);
  }

  private note({ id, name, kind }: PictureNode, what: Note['what'], message: string): void {
    this.notes.push({ id, name, kind, what, message });
  }
}

function leadsOnly({ kind, event }: PictureNode): boolean {
  if (kind.endsWith('Gateway')) return true;
  if (kind === 'StartEvent') return true;
  const isIntermediate = kind === 'IntermediateThrowEvent' || kind === 'IntermediateCatchEvent';
  return isIntermediate && (event === null || event.kind === 'Link');
}

/** Ends that only boundaries reach which do not interrupt: the run goes on without them. */
export function sidePathEnds(graph: FlowGraph): ReadonlySet<string> {
  const side = [...graph.nodes.values()].filter(
    ({ attachedTo, interrupts }) => attachedTo !== null && !interrupts,
  );
  const onSide = graph.reachable(side.flatMap(({ id }) => graph.waysFrom(id).map(({ to }) => to)));
  const sideIds = new Set(side.map(({ id }) => id));
  const ends = [...onSide].filter((id) => graph.nodes.get(id)?.kind === 'EndEvent');
  return new Set(
    ends.filter((id) => comesOnlyFrom(graph, id, (one) => onSide.has(one) || sideIds.has(one))),
  );
}

function comesOnlyFrom(graph: FlowGraph, id: string, allowed: (id: string) => boolean): boolean {
  return graph.waysTo(id).every(({ from }) => allowed(from));
}
