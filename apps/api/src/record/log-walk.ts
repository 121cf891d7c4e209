import {
  appendToTiles,
  emptyFrontier,
  frontierRoot,
  leafHash,
  openCheckpoint,
  openTiles,
  sameBytes,
  tileKey,
  type Frontier,
  type TileId,
} from '@plumbline/evidence';
import { entryProblems, type AuditedEntry } from './audited-entry.ts';
import type { StoredCheckpoint, Tree } from './log-store.ts';

/** One leaf, with the place that the database gave its entry. */
export interface WalkedEntry extends AuditedEntry {
  readonly xid: string | null;
  readonly ord: string | null;
}

/** Says what is wrong, and where. */
export type Report = (what: string, where: string) => void;

/** What a walk is held against. */
export interface WalkedLog {
  readonly tree: Tree;
  readonly heads: readonly StoredCheckpoint[];
  /** Ids of entries of which the payload may be gone. */
  readonly erased: ReadonlySet<string>;
  readonly publicKey: Uint8Array;
  /** The signed head kept outside the database, if one is at hand. */
  readonly kept: string | null;
}

type Tiles = readonly (TileId & { readonly hashes: Uint8Array })[];

/** Rebuilds a log from its entries, batch by batch, and compares everything that is stored with it. */
export class LogWalk {
  private frontier: Frontier = emptyFrontier;
  private open = new Map<string, Uint8Array>();
  private place = { xid: 0n, ord: 0n };
  private readonly roots = new Map<number, Uint8Array>();

  constructor(
    private readonly log: WalkedLog,
    private readonly report: Report,
  ) {}

  /** Leaves walked so far. */
  get size(): number {
    return this.frontier.size;
  }

  /** Takes the next entries; answers the tiles that they make, to be compared with the stored ones. */
  take(entries: readonly WalkedEntry[]): Tiles {
    const { size } = this.frontier;
    entries.forEach((entry, at) => {
      const where = `entry ${entry.index} (${entry.eventId})`;
      if (entry.index !== size + at) this.report('The place before this one is empty.', where);
      for (const what of entryProblems(entry, this.log.erased.has(entry.eventId)))
        this.report(what, where);
      this.checkOrder(entry, where);
    });
    const wanted = [...this.log.heads, ...this.keptHead()]
      .map((head) => head.size)
      .filter((at) => at > size && at <= size + entries.length);
    const leaves = entries.map(({ body }) => leafHash(body ?? new Uint8Array()));
    const { frontier, tiles, heads } = appendToTiles(
      this.frontier,
      this.open,
      leaves,
      new Set(wanted),
    );
    for (const head of heads) this.roots.set(head.size, head.root);
    this.frontier = frontier;
    const known = new Map([
      ...this.open,
      ...[...tiles].map(([key, { hashes }]) => [key, hashes] as const),
    ]);
    this.open = new Map(
      openTiles(frontier.size).map((tile) => [tileKey(tile), known.get(tileKey(tile))!]),
    );
    return [...tiles.values()];
  }

  /** Compares rebuilt tiles with the stored ones, which may have grown since the walk began. */
  compareTiles(rebuilt: Tiles, stored: ReadonlyMap<string, Uint8Array>): void {
    for (const tile of rebuilt) {
      const bytes = stored.get(tileKey(tile));
      const where = `tile ${tileKey(tile)}`;
      if (!bytes) this.report('Part of the tree is missing.', where);
      else if (!sameBytes(bytes.subarray(0, tile.hashes.length), tile.hashes))
        this.report('Part of the tree is not what the entries give.', where);
    }
  }

  /** What only the whole log can show. Answers the newest head's note. */
  finish(): string | null {
    const { tree, heads } = this.log;
    if (this.frontier.size !== tree.frontier.size)
      this.report(
        `The log has ${this.frontier.size} entries, not ${tree.frontier.size}.`,
        'end of the log',
      );
    if (!sameBytes(frontierRoot(this.frontier), frontierRoot(tree.frontier)))
      this.report('The end of the tree is not what the entries give.', 'end of the log');
    if (this.place.xid !== BigInt(tree.lastXid) || this.place.ord !== BigInt(tree.lastOrd))
      this.report('The mark of the last placed entry has been moved.', 'end of the log');
    for (const head of heads) this.checkHead(head);
    const newest = heads.at(-1) ?? null;
    if ((newest?.size ?? 0) !== tree.frontier.size)
      this.report('The newest signed head is missing.', 'end of the log');
    this.checkKept();
    return newest?.note ?? null;
  }

  private checkOrder(entry: WalkedEntry, where: string): void {
    if (entry.xid === null || entry.ord === null) return;
    const place = { xid: BigInt(entry.xid), ord: BigInt(entry.ord) };
    const later =
      place.xid > this.place.xid || (place.xid === this.place.xid && place.ord > this.place.ord);
    if (!later) this.report('The entries are not in the order in which they were made.', where);
    this.place = place;
  }

  private checkHead(head: StoredCheckpoint): void {
    const where = `signed head of ${head.size} entries`;
    const signed = openCheckpoint(head.note, this.log.publicKey);
    if (!signed) {
      this.report('The signature does not hold.', where);
      return;
    }
    const root = this.roots.get(head.size);
    if (signed.origin !== this.log.tree.origin) this.report('It belongs to another log.', where);
    if (signed.size !== head.size || !sameBytes(signed.root, head.root))
      this.report('What is shown is not what was signed.', where);
    if (!root || !sameBytes(signed.root, root))
      this.report('The entries do not lead to it.', where);
  }

  private checkKept(): void {
    const [kept] = this.keptHead();
    if (!kept || kept.size === 0) {
      if (this.log.kept !== null && !kept)
        this.report('The head kept outside the database cannot be read.', 'kept head');
      return;
    }
    if (kept.origin !== this.log.tree.origin) {
      this.report('The head kept outside belongs to another log.', 'kept head');
      return;
    }
    // The notary may have signed more since the walk began; then the walk does not reach the head.
    const root = this.roots.get(kept.size);
    if (kept.size <= this.frontier.size && (!root || !sameBytes(root, kept.root)))
      this.report('The entries do not lead to the head kept outside.', 'kept head');
  }

  private keptHead() {
    const head = this.log.kept === null ? null : openCheckpoint(this.log.kept, this.log.publicKey);
    return head ? [head] : [];
  }
}
