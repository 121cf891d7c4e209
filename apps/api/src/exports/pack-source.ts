import type { Readable } from 'node:stream';

/** How a pack names an AI system. */
export interface PackSubject {
  readonly id: string;
  readonly reference: string;
  readonly name: string;
}

/** A rule of separation of duties that the organisation has lifted for a time. */
export interface PackException {
  readonly rule: string;
  readonly reason: string;
  readonly compensatingControl: string;
  readonly declaredBy: string;
  readonly declaredAt: string;
  readonly expiresOn: string;
  readonly state: string;
}

/** What the pack is about, and up to when it tells. */
export interface PackAbout {
  readonly reference: string;
  readonly organisation: { readonly id: string; readonly name: string; readonly slug: string };
  readonly scopeStatement: string;
  /** Null: the whole client. */
  readonly aiSystem: PackSubject | null;
  /** RFC 3339, UTC: everything committed before is in. */
  readonly cutOff: string;
  readonly madeBy: string;
  /** Every exception ever declared: a pack never leaves them out. */
  readonly exceptions: readonly PackException[];
}

/** An AI system as the register shows it. */
export interface PackSystem extends PackSubject {
  readonly stage: string;
  readonly tier: string | null;
  readonly path: string | null;
  readonly gateState: string;
  readonly residualLevel: string | null;
  readonly nextReviewOn: string | null;
  readonly purpose: string | null;
  readonly kind: string | null;
  readonly supplier: string | null;
  readonly owner: string | null;
  readonly overseer: string | null;
  readonly builders: readonly string[];
  readonly fields: unknown;
  readonly facts: unknown;
  readonly missing: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** A run with everything that happened in it. */
export interface PackRun {
  readonly id: string;
  readonly aiSystem: PackSubject;
  readonly number: number;
  readonly workflow: { key: string; name: string; version: number; hash: string };
  readonly status: string;
  readonly outcome: string | null;
  readonly startedBy: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly events: readonly {
    readonly seq: number;
    readonly at: string;
    readonly type: string;
    readonly step: string | null;
    readonly by: string | null;
    readonly firm: string | null;
    readonly event: unknown;
  }[];
}

/** A decision and the exact text of its capsule. */
export interface PackDecision {
  readonly id: string;
  readonly reference: string;
  readonly aiSystem: PackSubject;
  readonly runId: string;
  readonly workflow: { key: string; name: string; version: number; hash: string };
  readonly question: string;
  readonly outcome: string;
  readonly effect: string;
  readonly reason: string;
  readonly conditions: readonly { text: string; owner: string; due: string }[];
  readonly by: string;
  readonly role: string;
  readonly at: string;
  readonly capsule: string;
  readonly capsuleHash: string;
  readonly recordEventId: string;
}

/** What is watched, with all measurements. */
export interface PackMonitor {
  readonly id: string;
  readonly aiSystem: PackSubject;
  readonly metric: string;
  readonly direction: string;
  readonly warning: number | null;
  readonly breach: number;
  readonly every: string;
  readonly owner: string | null;
  readonly state: string;
  readonly measurements: readonly {
    readonly windowFrom: string;
    readonly windowTo: string;
    readonly value: number;
    readonly sample: number | null;
    readonly state: string;
    readonly note: string;
    readonly by: string | null;
    readonly at: string;
  }[];
}

/** An evidence item with all its versions. */
export interface PackEvidence {
  readonly id: string;
  readonly reference: string;
  readonly shows: string;
  readonly requirements: readonly string[];
  readonly aiSystem: PackSubject | null;
  readonly runId: string | null;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly versions: readonly {
    readonly version: number;
    readonly fileName: string | null;
    readonly mediaType: string | null;
    readonly size: number | null;
    readonly sha256: string | null;
    readonly link: string | null;
    readonly addedBy: string;
    readonly addedAt: string;
  }[];
}

/** A workflow version that a run in the pack is pinned to. */
export interface PackWorkflow {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly definition: unknown;
}

/** Where one clause or control stands: evidence, a justified exclusion, or a gap. */
export interface PackRequirement {
  readonly id: string;
  readonly title: string;
  readonly said: boolean;
  readonly shown: boolean;
  readonly checked: boolean;
  readonly evidence: readonly string[];
  /** Why it does not apply, in the organisation's words. */
  readonly exclusion: string | null;
}

/** One entry of the record; without a place it is told as unproven. */
export interface PackEntry {
  readonly id: string;
  readonly body: string;
  readonly payload: string | null;
  readonly saltHex: string | null;
  readonly index: number | null;
}

/** Everything that goes into a pack, as of one moment, item by item. */
export interface PackSource {
  readonly about: PackAbout;
  readonly counts: { readonly items: number; readonly entries: number };
  /** The newest signed head at that moment; null when nothing was signed yet. */
  readonly checkpoint: { readonly note: string; readonly size: number } | null;
  requirements(): Promise<readonly PackRequirement[]>;
  systems(): AsyncIterable<PackSystem>;
  runs(): AsyncIterable<PackRun>;
  decisions(): AsyncIterable<PackDecision>;
  monitors(): AsyncIterable<PackMonitor>;
  evidence(): AsyncIterable<PackEvidence>;
  workflows(): AsyncIterable<PackWorkflow>;
  /** In the order of the record, those without a place last. */
  entries(): AsyncIterable<PackEntry>;
  /** Sibling hashes from entry `index` to the checkpoint. */
  proof(index: number): Promise<readonly Uint8Array[]>;
}

/** The bytes of an evidence file, by hash. */
export type OpenFile = (sha256: string) => Promise<Readable>;
