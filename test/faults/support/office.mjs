import { askedAnswers, dictionaryOf, sampleAnswers } from '@plumbline/workflow-engine';

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

/**
 * Enters an AI system into the register, with which its intake begins; answers its id, and the run and
 * the task that wait for the proposer.
 */
export async function propose(name, proposer) {
  const { answer, entry } = await proposer.command('propose', '/proposals', { name }, { name });
  const found = answer ?? (await findTask(proposer, name));
  entry.run = found.runId;
  return found;
}

/** Takes one office tool from its proposal to its use, by two people. */
export async function wholeLife(name, proposer, manager) {
  const { taskId } = await propose(name, proposer);
  const task = await proposer.get(`/tasks/${taskId}`);
  const me = proposer.id;
  const dictionary = dictionaryOf(task.facts);
  const given = { ...OFFICE_TOOL, name, owner: me, ownerAccepts: true };
  const filled = sampleAnswers(task.form, dictionary, task.values, given);
  const answers = askedAnswers(task.form, dictionary, task.values, filled);
  await proposer.command('submit', `/tasks/${taskId}/submit`, { answers }, { task: taskId });
  const { taskId: decision } = await findTask(manager, name);
  const verdict = { outcome: 'approve', reason: 'A common tool for internal text.' };
  await manager.command('decide', `/tasks/${decision}/decide`, verdict, { task: decision });
}

/** The task about this AI system that waits for the person. */
async function findTask(who, name) {
  const { items } = await who.get(`/tasks?view=your-turn&q=${encodeURIComponent(name)}`);
  const found = items.filter((item) => item.aiSystem.name === name);
  if (found.length !== 1) throw new Error(`${found.length} tasks wait about “${name}”`);
  const [{ id: taskId, runId, aiSystem }] = found;
  return { taskId, runId, aiSystemId: aiSystem.id };
}
