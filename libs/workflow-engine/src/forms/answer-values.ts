import type { FactValue } from '../expressions/condition.ts';
import type { Field, Option } from '../definition/form.ts';

/** The longest answers where the form sets no limit of its own. */
export const maxText = 500;
export const maxLongText = 10_000;
const maxIdLength = 200;
const maxListed = 200;

/** Whether this is no answer: unknown, blank text or an empty list. */
export function isMissing(value: FactValue): boolean {
  return (
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** What is wrong with an answer, without the cells of its rows; `null` when it is well. */
export function checkValue(field: Field, value: FactValue): string | null {
  const { label } = field;
  switch (field.type) {
    case 'text':
    case 'longtext':
      return checkText(label, value, field.maxLength ?? defaultLength[field.type]);
    case 'number':
    case 'scale':
      return checkNumber(label, value, field);
    case 'date':
      return isDate(value) ? null : `Give a real date for “${label}”, like 2027-01-31.`;
    case 'person':
      return isId(value) ? null : `Choose a person for “${label}”.`;
    case 'people':
      return isIdList(value) ? null : `Choose people for “${label}”, each once.`;
    case 'calculated':
      return `“${label}” is worked out, not typed. Leave it out.`;
    case 'lookup':
      return isId(value) ? null : `Choose from the list for “${label}”.`;
    case 'evidence':
      return isIdList(value) ? null : `Choose evidence for “${label}”, each item once.`;
    case 'yes-no':
      return typeof value === 'boolean' ? null : `Answer “${label}” with yes or no.`;
    case 'yes-no-unsure':
      return value === 'yes' || value === 'no' || value === 'unsure'
        ? null
        : `Answer “${label}” with yes, no or unsure.`;
    case 'select':
      return offered(field.options, value)
        ? null
        : `Choose one of the options offered for “${label}”.`;
    case 'multiselect':
      return isUniqueList(value) && value.every((one) => offered(field.options, one))
        ? null
        : `Choose from the options offered for “${label}”, each once.`;
    case 'repeat':
      return checkRows(field, value);
  }
}

const defaultLength = { text: maxText, longtext: maxLongText };
/** Control characters other than tab and line ends; databases and documents refuse some. */
const unprintable = /(?![\t\n\r])\p{Cc}/u;

/** Whether a text can be kept as it is by every store and document. */
export function isKeepable(text: string): boolean {
  return !unprintable.test(text) && text.isWellFormed();
}

function checkText(label: string, value: FactValue, most: number): string | null {
  if (typeof value !== 'string') return `Answer “${label}” in words.`;
  if (value.length > most) {
    return `“${label}” may have ${most} characters; it has ${value.length}. Shorten it.`;
  }
  return isKeepable(value)
    ? null
    : `“${label}” has a character that cannot be kept. Type it again.`;
}

function checkNumber(
  label: string,
  value: FactValue,
  field: Field & { readonly type: 'number' | 'scale' },
): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `Give a number for “${label}”.`;
  const { min, max } = field;
  if (field.type === 'scale' && !Number.isInteger(value)) {
    return `Give a whole number for “${label}”.`;
  }
  if (min !== undefined && value < min) return `“${label}” must be ${min} or more.`;
  return max !== undefined && value > max ? `“${label}” must be ${max} or less.` : null;
}

function checkRows(field: Field & { readonly type: 'repeat' }, value: FactValue): string | null {
  const { label, itemName, minRows, maxRows } = field;
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const whole = rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
  if (!Array.isArray(value) || !whole) return `Answer “${label}” in rows.`;
  if (rows.length < minRows) return `Add at least ${minRows} × ${itemName} to “${label}”.`;
  return rows.length > maxRows
    ? `“${label}” may have ${maxRows} × ${itemName}; it has ${rows.length}. Remove some.`
    : null;
}

/** Whether this is the ISO text of a day that exists. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= maxIdLength;
}

function isUniqueList(value: FactValue): value is readonly string[] {
  return Array.isArray(value) && value.length <= maxListed && new Set(value).size === value.length;
}

function isIdList(value: FactValue): boolean {
  return isUniqueList(value) && value.every(isId);
}

function offered(options: readonly Option[], value: unknown): boolean {
  return options.some(({ key }) => key === value);
}
