export { Demo } from './demo.ts';
export { DemoModule } from './demo.module.ts';
export { DEMO_CLIENTS, DEMO_FIRM, DEMO_PASSWORD } from './people.data.ts';
export { Storyteller } from './storyteller.ts';
export { stories } from './stories.data.ts';
