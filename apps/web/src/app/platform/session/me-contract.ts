export { meSchema } from '@plumbline/contracts';
