export { outsideFacts } from '@plumbline/frameworks';
