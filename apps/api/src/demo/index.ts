export { DemoModule } from './demo.module.ts';
export { Storyteller } from './storyteller.ts';
export { stories } from './stories.data.ts';
