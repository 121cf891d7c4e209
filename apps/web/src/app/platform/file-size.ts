const UNITS = ['bytes', 'kB', 'MB'] as const;

/** "812 bytes", "1.4 MB": three figures are enough for a person. */
export function fileSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits }).format(value)} ${UNITS[power] ?? ''}`;
}
