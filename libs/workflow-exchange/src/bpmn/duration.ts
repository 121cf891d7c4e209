import type { Due } from '@plumbline/workflow-engine';

/** ISO 8601; business days and hours are days and hours there, which BPMN does not tell apart. */
export const durationOf = ({ amount, unit }: Due): string =>
  unit === 'business-hours' ? `PT${amount}H` : `P${amount}D`;

/** `P3D`, `PT48H`, `P2W` as calendar days or business hours; null for anything else. */
export function dueOf(text: string): Due | null {
  const match = /^P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const [weeks, days, hours, minutes] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const inDays = (weeks ?? 0) * 7 + (days ?? 0);
  const inHours = (hours ?? 0) + Math.ceil((minutes ?? 0) / 60);
  if (inDays > 0) return { amount: inDays + Math.ceil(inHours / 24), unit: 'calendar-days' };
  if (inHours >= 24) return { amount: Math.ceil(inHours / 24), unit: 'calendar-days' };
  return inHours > 0 ? { amount: inHours, unit: 'business-hours' } : null;
}
