import type { ProblemDetails } from '@plumbline/contracts';
import { words } from './i18n/words.ts';
import type file from './platform.en-GB.json';

const OWN = { offline: 'problem.offline', unreadable: 'problem.unreadable' } as const;

/** What happened and what to do, in words: the API's own, or ours where there was no answer. */
export function problemText(): (problem: ProblemDetails) => string {
  const t = words<typeof file>('platform');
  return ({ code, detail }) => {
    if (detail) return detail;
    return t(code in OWN ? OWN[code as keyof typeof OWN] : 'problem.unexpected');
  };
}
