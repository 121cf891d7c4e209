import { AI_SYSTEM_STAGES, TIERS, type ImportTargets } from '@plumbline/contracts';
import { aiSystemFields, stages, tiers } from '@plumbline/frameworks';

/** A closed list to choose from. */
type Options = readonly { readonly key: string; readonly label: string }[];

/** Where a column may go, and what its values must be there. */
export interface Target {
  readonly key: string;
  readonly label: string;
  readonly kind: 'text' | 'choice' | 'choices' | 'date' | 'person' | 'people';
  readonly options: Options | null;
  readonly maxLength: number;
  readonly many: boolean;
}

/** Whether a use touches people's rights or safety, as inventories of public bodies ask it. */
export const impacting: Options = [
  { key: 'rights', label: 'Rights' },
  { key: 'safety', label: 'Safety' },
  { key: 'both', label: 'Rights and safety' },
  { key: 'neither', label: 'Neither' },
  { key: 'unknown', label: 'Not known yet' },
];

const KINDS = {
  text: 'text',
  longtext: 'text',
  select: 'choice',
  multiselect: 'choices',
  date: 'date',
  person: 'person',
  people: 'people',
} as const;

const text = (key: string, label: string, maxLength: number, many = false): Target => ({
  ...{ key, label, kind: 'text', options: null, maxLength, many },
});
const choice = (key: string, label: string, options: Options): Target => ({
  ...{ key, label, kind: 'choice', options, maxLength: 0, many: false },
});

/** The fields of the register, as targets; what the form asks in another way has none. */
const fieldTargets: readonly Target[] = aiSystemFields.flatMap((field): Target[] => {
  if (!Object.hasOwn(KINDS, field.type)) return [];
  const kind = KINDS[field.type as keyof typeof KINDS];
  const options = field.type === 'select' || field.type === 'multiselect' ? field.options : null;
  const maxLength =
    (field.type === 'text' || field.type === 'longtext') && field.maxLength
      ? field.maxLength
      : 4000;
  return [{ key: field.key, label: field.label, kind, options, maxLength, many: false }];
});

const only = (options: Options, keys: readonly string[]): Options =>
  options.filter(({ key }) => keys.includes(key));

/** Every target, by key. */
export const targets: ReadonlyMap<string, Target> = new Map(
  [
    ...fieldTargets,
    choice('stage', 'Stage', only(stages, AI_SYSTEM_STAGES)),
    choice('tier', 'Tier', only(tiers, TIERS)),
    choice('impacting', 'Touches rights or safety', impacting),
    text('organisation', 'Client organisation', 200),
    text('external-id', 'Its id in the other system', 300),
    text('extra', 'Keep as it stands', 10_000, true),
  ].map((target) => [target.key, target]),
);

/** The targets as the web shows them. */
export const describeTargets = (): ImportTargets => ({
  items: [...targets.values()].map(({ key, label, options, many }) => ({
    key,
    label,
    options: options && options.map((option) => ({ key: option.key, label: option.label })),
    many,
  })),
});

/** Text as values are compared: without regard to case, space and the ends. */
export const comparable = (value: string): string =>
  value.replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** The option that a value names by key or label, or null. */
export const optionNamed = (options: Options, value: string): string | null =>
  options.find(
    ({ key, label }) =>
      comparable(key) === comparable(value) || comparable(label) === comparable(value),
  )?.key ?? null;
