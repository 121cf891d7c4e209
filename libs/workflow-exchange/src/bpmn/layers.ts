/** From one to another, by name. */
type Way = readonly [from: string, to: string];

/** How often the order of each column is improved. */
const SWEEPS = 4;

/**
 * Columns from left to right, so that ways lead to the right except those that lead back; within a
 * column each stands near what leads to it. The first name begins.
 */
export function layersOf(
  ids: readonly string[],
  ways: readonly Way[],
): readonly (readonly string[])[] {
  const onward = withoutWaysBack(ids, ways);
  const columns = new Map(ids.map((id) => [id, 0]));
  // Without ways back, as many rounds as there are names settle every column.
  for (let round = 0, moved = true; moved && round <= ids.length; round += 1) {
    moved = false;
    for (const [from, to] of onward) {
      const least = (columns.get(from) ?? 0) + 1;
      if ((columns.get(to) ?? 0) >= least) continue;
      columns.set(to, least);
      moved = true;
    }
  }
  const layers: string[][] = [];
  for (const [id, column] of columns) (layers[column] ??= []).push(id);
  const filled = layers.filter((layer) => layer.length > 0);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) improve(filled, onward);
  return filled;
}

function withoutWaysBack(ids: readonly string[], ways: readonly Way[]): readonly Way[] {
  const after = Map.groupBy(ways, ([from]) => from);
  const known = new Set(ids);
  const state = new Map<string, 'open' | 'done'>();
  const onward: Way[] = [];
  for (const start of ids) {
    if (state.has(start)) continue;
    state.set(start, 'open');
    const stack = [{ id: start, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const way = after.get(top.id)?.[top.next];
      top.next += 1;
      if (!way) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (known.has(way[1]) && state.get(way[1]) !== 'open') {
        onward.push(way);
        if (state.has(way[1])) continue;
        state.set(way[1], 'open');
        stack.push({ id: way[1], next: 0 });
      }
    }
  }
  return onward;
}

/** Orders each column by where its neighbours stand. */
function improve(layers: string[][], ways: readonly Way[]): void {
  const before = Map.groupBy(ways, ([, to]) => to);
  for (const [column, layer] of layers.entries()) {
    if (column === 0) continue;
    const rows = new Map(layers.slice(0, column).flatMap((one) => one.map((id, row) => [id, row])));
    const wanted = (id: string, row: number): number => {
      const near = (before.get(id) ?? []).flatMap(([from]) => rows.get(from) ?? []);
      return near.length === 0 ? row : near.reduce((sum, one) => sum + one, 0) / near.length;
    };
    const wish = new Map(layer.map((id, row) => [id, wanted(id, row)]));
    layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
  }
}
