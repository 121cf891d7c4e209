import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { askedAnswers, dictionaryOf, sampleAnswers } from '@plumbline/workflow-engine';
import { ApiProblem, signIn } from '../../../infra/run/plumbline/client.mjs';

const PASSWORD = 'plumb-line-demo-2026';
/** How long a caller insists while a part of the product is away (milliseconds). */
const PATIENCE = 90_000;

/** Answers that lead to the light path: an office tool for internal text. */
const OFFICE_TOOL = {
  kind: 'off-the-shelf-tool',
  affectedGroups: ['none-outside-team'],
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
  supplierChecked: true,
};

/** Worth asking again with the same key: nothing is known of the first try, or it was refused as busy. */
const isPassing = (error) =>
  error instanceof ApiProblem
    ? error.status >= 500 || error.problem.code === 'still-running'
    : /cannot be reached|fetch failed|terminated|other side closed/.test(
        `${error.message} ${error.cause?.message ?? ''}`,
      );

/** A person of the demo who insists: every command has one key, and is asked until it is answered. */
class Insistent {
  #client;
  #organisation;
  acknowledged = 0;
  answersLost = 0;

  constructor(client, organisation) {
    this.#client = client;
    this.#organisation = organisation;
  }

  async #insist(ask) {
    const until = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isPassing(error) || performance.now() > until) throw error;
        await delay(100); // the part that is away needs a moment; the deadline decides
      }
    }
  }

  get(path) {
    return this.#insist(() => this.#client.get(`/organisations/${this.#organisation}${path}`));
  }

  /**
   * One command, carried out once however often it has to be asked. Answers null when it was carried
   * out and its answer was lost with the process that gave it.
   */
  async command(path, body = {}) {
    const key = randomUUID();
    const answer = await this.#insist(async () => {
      try {
        return await this.#client.post(`/organisations/${this.#organisation}${path}`, body, {
          key,
        });
      } catch (error) {
        if (error.problem?.code !== 'already-carried-out') throw error;
        this.answersLost += 1;
        return null;
      }
    });
    this.acknowledged += 1;
    return answer;
  }

  stepUp() {
    return this.#insist(() => this.#client.post('/sessions/step-up', { password: PASSWORD }));
  }
}

/** Signs a person of the demo in. */
export async function person(url, email, organisation) {
  const client = await signIn(url, { email, password: PASSWORD });
  return new Insistent(client, organisation);
}

/** Takes one office tool from its proposal to its use, by two people; answers the run's id. */
export async function wholeLife(name, proposer, manager) {
  const proposal = await proposer.command('/proposals', { name });
  const { taskId, runId } = proposal ?? (await findTask(proposer, name));
  const task = await proposer.get(`/tasks/${taskId}`);
  const me = task.assignee.id;
  const dictionary = dictionaryOf(task.facts);
  const given = { ...OFFICE_TOOL, name, owner: me, ownerAccepts: true };
  const filled = sampleAnswers(task.form, dictionary, task.values, given);
  const answers = askedAnswers(task.form, dictionary, task.values, filled);
  await proposer.command(`/tasks/${taskId}/submit`, { answers });
  const decision = await findTask(manager, name);
  await manager.command(`/tasks/${decision.taskId}/decide`, {
    outcome: 'approve',
    reason: 'A common tool for internal text.',
  });
  return runId;
}

/** The task about this AI system that waits for the person. */
async function findTask(who, name) {
  const { items } = await who.get(`/tasks?view=your-turn&q=${encodeURIComponent(name)}`);
  const found = items.filter((item) => item.aiSystem.name === name);
  if (found.length !== 1) throw new Error(`${found.length} tasks wait about “${name}”`);
  return { taskId: found[0].id, runId: found[0].runId };
}
