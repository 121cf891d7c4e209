import { inject, type EnvironmentProviders, type Provider } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ResolveFn } from '@angular/router';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import { DATE_WORDS, type DateWords } from '@plumbline/ui';
import { map } from 'rxjs';
import type file from '../platform.en-GB.json';

/** The words of one capability: flat keys, one file per language (`<capability>.en-GB.json`). */
type WordFile = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, unknown>>;
type Loader = () => Promise<{ default: WordFile }>;
type Key<T extends WordFile> = keyof T & string;
/** The part before `_one` of a pair of keys `<stem>_one` and `<stem>_other`. */
type Stem<K extends string> = K extends `${infer S}_one` ? S : never;

/** Says words of one capability; a key that the file lacks does not compile. */
export interface Say<T extends WordFile> {
  (key: Key<T>, values?: Values): string;
  /** The form for `count`, from `<stem>_one` and `<stem>_other`; `{{count}}` is filled in. */
  count(stem: Stem<Key<T>>, count: number, values?: Values): string;
  /** The words for a value that comes from the API, `<prefix>.<value>`; the value itself when there are none. */
  of(prefix: string, value: string): string;
}

const numbers = new Intl.NumberFormat('en-GB');

/**
 * Words for templates and messages, in the language in force:
 * `protected readonly t = words<typeof file>('portfolio')` with `import type file from './portfolio.en-GB.json'`.
 */
export function words<T extends WordFile>(scope: string): Say<T> {
  const transloco = inject(TranslocoService);
  // Read at each call, so that templates follow the language and words that arrive late.
  const language = toSignal(transloco.events$.pipe(map(() => transloco.getActiveLang())));
  const say = (key: string, values?: Values): string => {
    language();
    return transloco.translate(`${scope}.${key}`, values);
  };
  return Object.assign(say, {
    count: (stem: string, count: number, values: Values = {}): string => {
      const form = new Intl.PluralRules(transloco.getActiveLang()).select(count);
      return say(`${stem}_${form === 'one' ? 'one' : 'other'}`, {
        ...values,
        count: numbers.format(count),
      });
    },
    of: (prefix: string, value: string): string => {
      const key = `${scope}.${prefix}.${value}`;
      return key in transloco.getTranslation(transloco.getActiveLang())
        ? say(`${prefix}.${value}`)
        : value;
    },
  });
}

/** For a route's `resolve`: its pages' words are there before they show. */
export function loadWords(scope: string, load: Loader): ResolveFn<boolean> {
  return async () => {
    const transloco = inject(TranslocoService);
    addWords(transloco, scope, (await load()).default);
    return true;
  };
}

/** Adds the words of one scope to the language in force. */
export function addWords(transloco: TranslocoService, scope: string, file: WordFile): void {
  transloco.setTranslation({ [scope]: file }, transloco.getActiveLang(), { merge: true });
}

/** What date fields say. */
function dateWords(): DateWords {
  const t = words<typeof file>('platform');
  return {
    choose: () => t('date.choose'),
    unreadable: () => t('date.unreadable'),
    previousMonth: () => t('date.previousMonth'),
    nextMonth: () => t('date.nextMonth'),
    keys: () => t('date.keys'),
  };
}

/** Transloco without a loader of its own: routes bring their words. */
export function provideWords(): (Provider | EnvironmentProviders)[] {
  return [
    provideTransloco({
      config: {
        availableLangs: ['en-GB'],
        defaultLang: 'en-GB',
        reRenderOnLangChange: false,
        prodMode: true,
        missingHandler: { logMissingKey: true },
      },
    }),
    { provide: DATE_WORDS, useFactory: dateWords },
  ];
}
