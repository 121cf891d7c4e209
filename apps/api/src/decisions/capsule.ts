import { createHash } from 'node:crypto';
import { canonicalJson } from '@plumbline/evidence';

/** What a decision was made on, frozen: plain JSON. People are named by id. */
export interface Capsule {
  readonly v: 1;
  readonly decision: string;
  readonly at: string;
  readonly aiSystem: { readonly id: string; readonly reference: string; readonly name: string };
  readonly workflow: { readonly key: string; readonly version: number; readonly hash: string };
  readonly run: string;
  readonly task: string;
  readonly step: string;
  readonly question: string;
  readonly outcome: { readonly key: string; readonly label: string; readonly effect: string };
  readonly reason: string;
  readonly conditions: readonly {
    readonly text: string;
    readonly owner: string;
    readonly due: string;
  }[];
  readonly authority: {
    readonly person: string;
    readonly roles: readonly string[];
    /** The absent person for whom a substitute decided, with the roles that counted for them. */
    readonly onBehalfOf?: { readonly person: string; readonly roles: readonly string[] };
    /** The role as which the person decided. */
    readonly role: string;
    readonly needed: number;
    readonly also: string | null;
    /** The seats that the decision had to fill. */
    readonly seats: readonly { readonly role: string; readonly count: number }[];
    /** Votes before this one; what they said is `null` while it was kept from this person. */
    readonly earlier: readonly { readonly person: string; readonly outcome: string | null }[];
    readonly final: boolean;
    readonly result: string | null;
    /** Separation rules that a declared exception lifted. */
    readonly waived: readonly string[];
  };
  readonly gate: readonly { readonly key: string; readonly label: string; readonly met: boolean }[];
  /** Facts that were shown, read by the gate or by the table of approvers: raw and in words. */
  readonly facts: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: unknown;
    readonly words: string;
  }[];
  readonly evidence: readonly {
    readonly id: string;
    readonly reference: string;
    readonly version: number;
    readonly sha256: string | null;
  }[];
}

/** A capsule as it is kept: its canonical JSON and the hash of exactly those bytes. */
export function sealed(capsule: Capsule): { readonly text: string; readonly hash: string } {
  const text = canonicalJson(capsule);
  return { text, hash: createHash('sha256').update(text, 'utf8').digest('hex') };
}
