import type { SecretWords } from '@plumbline/ui';
import type { Say } from '../platform/index.ts';
import type file from './webhooks.en-GB.json';

/** What stands around the secret of an endpoint. */
export const secretWords = (t: Say<typeof file>): SecretWords => ({
  heading: t('secretHeading'),
  text: t('secretText'),
  label: t('secret'),
  copy: t('copy'),
  copied: t('copied'),
  copyFailed: t('copyFailed'),
});
