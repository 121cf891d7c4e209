import type { AI_SYSTEM_KINDS } from '@plumbline/contracts';
import type { Facts } from '@plumbline/workflow-engine';
import type { MemberRole } from '@plumbline/policies';

/** A document that a demo person attaches, made from text. */
export interface StoryDocument {
  readonly fileName: string;
  readonly shows: string;
  readonly text: string;
}

/**
 * The life of one AI system of the demo, as far as it has come. Told by answers, not by rows: the
 * product itself walks it, with the demo's people, under all its rules.
 */
export interface Story {
  /** Short name of the client. */
  readonly client: string;
  readonly name: string;
  readonly kind: (typeof AI_SYSTEM_KINDS)[number];
  readonly proposer: MemberRole;
  /** Answers by question, for every form on the way. `@client.legal` means the person with that role. */
  readonly answers: Facts;
  /** What is attached to a question for evidence. */
  readonly documents: Readonly<Record<string, StoryDocument>>;
  /** Why it was decided so, by step; every decision needs one. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Outcome by step; the first approving one where none is named. */
  readonly outcomes?: Readonly<Record<string, string>>;
  /** Steps that wait for somebody: the story goes no further there. */
  readonly stopsAt: readonly string[];
  /** Measurements of its monitors, oldest first, one for each past month. */
  readonly measured?: Readonly<Record<string, readonly { value: number; sample: number }[]>>;
}
