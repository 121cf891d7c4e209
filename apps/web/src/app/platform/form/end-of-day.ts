/**
 * The end of a day where the reader is, as an ISO instant; what is no day stays as it is, so that the
 * contract refuses it.
 */
export function endOfDay(day: string): string {
  const end = new Date(`${day}T23:59:59`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(end.getTime()) ? end.toISOString() : day;
}
