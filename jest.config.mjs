import { nodeProject } from './infra/checks/jest.swc.mjs';
import web from './apps/web/jest.config.mjs';

export default {
  workerIdleMemoryLimit: '1GB',
  // A machine that does other things as well is slow, not wrong.
  testTimeout: 30_000,
  projects: [
    nodeProject('libs', [
      'libs/contracts/src',
      'libs/workflow-engine/src',
      'libs/policies/src',
      'libs/evidence/src',
      'libs/metrics/src',
      'libs/frameworks/src',
      'libs/workflow-exchange/src',
    ]),
    nodeProject('api', ['apps/api/src', 'apps/api/test', 'test/isolation'], {
      setupFiles: ['reflect-metadata'],
    }),
    nodeProject('infra', ['infra']),
    web,
  ],
};
