import type { Import, ImportMapping } from '@plumbline/contracts';
import type { FieldProblem } from '../platform/problems.ts';
import { targets } from './targets.ts';

/** What is wrong with a mapping for these columns, by field; nothing when it can be used. */
export function mappingProblems(
  columns: Import['columns'],
  mapping: ImportMapping,
  organisation: 'firm' | 'client',
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const names = new Set(columns.map(({ name }) => name));
  const used = new Map<string, string>();
  mapping.columns.forEach(({ column, target, values }, at) => {
    const field = `columns.${at}`;
    if (!names.has(column)) {
      problems.push({ field: `${field}.column`, message: `The file has no column “${column}”.` });
    }
    if (target === null) return;
    const known = targets.get(target);
    if (!known) {
      problems.push({
        field: `${field}.target`,
        message: `“${target}” is nothing that a column can become.`,
      });
      return;
    }
    const before = used.get(target);
    if (before !== undefined && !known.many) {
      problems.push({
        field: `${field}.target`,
        message: `“${before}” already goes to “${known.label}”. Choose one of the two.`,
      });
    }
    used.set(target, column);
    for (const [value, option] of Object.entries(values)) {
      if (option !== null && !known.options?.some(({ key }) => key === option)) {
        problems.push({
          field: `${field}.values.${value}`,
          message: `“${option}” is no value of “${known.label}”.`,
        });
      }
    }
  });
  for (const column of mapping.identity.filter((name) => !names.has(name))) {
    problems.push({ field: 'identity', message: `The file has no column “${column}”.` });
  }
  if (!used.has('name')) {
    problems.push({
      field: 'columns',
      message: 'Choose the column with the name of the AI system.',
    });
  }
  if (organisation === 'firm' && !used.has('organisation')) {
    problems.push({
      field: 'columns',
      message: 'Choose the column that names the client, or import at the client itself.',
    });
  }
  return problems;
}
