import type { PictureFlow, PictureNode } from './picture.ts';

/** Nodes and ways of a picture, changed step by step until they are a workflow's. */
export class FlowGraph {
  readonly nodes = new Map<string, PictureNode>();
  private readonly out = new Map<string, PictureFlow[]>();
  private readonly back = new Map<string, PictureFlow[]>();

  add(node: PictureNode): void {
    this.nodes.set(node.id, node);
  }

  connect(flow: PictureFlow): void {
    listIn(this.out, flow.from).push(flow);
    listIn(this.back, flow.to).push(flow);
  }

  disconnect(flow: PictureFlow): void {
    const without = (flows: PictureFlow[] | undefined) => flows?.splice(flows.indexOf(flow), 1);
    without(this.out.get(flow.from));
    without(this.back.get(flow.to));
  }

  waysFrom(id: string): readonly PictureFlow[] {
    return this.out.get(id) ?? [];
  }

  waysTo(id: string): readonly PictureFlow[] {
    return this.back.get(id) ?? [];
  }

  /** Takes a node away and leads what came to it to where it led on. */
  bypass(id: string, to: string): void {
    for (const way of [...this.waysFrom(id)]) this.disconnect(way);
    for (const way of [...this.waysTo(id)]) {
      this.disconnect(way);
      if (way.from !== to || way.from !== id) this.connect({ ...way, to });
    }
    this.nodes.delete(id);
  }

  /** Boundary events at a node. */
  boundariesOf(id: string): readonly PictureNode[] {
    return [...this.nodes.values()].filter(({ attachedTo }) => attachedTo === id);
  }

  /** Where control may go next: along its ways and those of its boundary events. */
  private after(id: string): readonly string[] {
    return [id, ...this.boundariesOf(id).map((boundary) => boundary.id)].flatMap((one) =>
      this.waysFrom(one).map(({ to }) => to),
    );
  }

  /** Everything that can be reached from these without passing through `until`. */
  reachable(from: readonly string[], until: string | null = null): ReadonlySet<string> {
    const seen = new Set<string>();
    const pending = [...from];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (seen.has(id) || id === until || !this.nodes.has(id)) continue;
      seen.add(id);
      pending.push(...this.after(id));
    }
    return seen;
  }

  /**
   * The nearest node that every way from each of `starts` must pass, or null when ways end before:
   * where branches meet.
   */
  meeting(starts: readonly string[]): string | null {
    const [first, ...others] = starts;
    if (first === undefined) return null;
    const common = others.reduce<readonly string[]>(
      (kept, start) => {
        const reached = this.reachable([start]);
        return kept.filter((id) => reached.has(id));
      },
      [...this.breadthFirst(first)],
    );
    return common.find((id) => starts.every((start) => this.mustPass(start, id))) ?? null;
  }

  private mustPass(start: string, through: string): boolean {
    if (start === through) return true;
    return [...this.reachable([start], through)].every(
      (id) => this.after(id).length > 0 && this.nodes.get(id)?.kind !== 'EndEvent',
    );
  }

  private *breadthFirst(start: string): Generator<string> {
    const seen = new Set([start]);
    for (const id of seen) {
      yield id;
      for (const next of this.after(id)) if (this.nodes.has(next)) seen.add(next);
    }
  }
}

function listIn(map: Map<string, PictureFlow[]>, key: string): PictureFlow[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}
