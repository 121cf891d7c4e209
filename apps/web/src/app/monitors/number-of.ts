/** What somebody typed as a number; what is none comes back as it is, for the contract to refuse. */
export function numberOf(text: string): number | string {
  const plain = text.trim().replaceAll(',', '');
  return /^-?\d*\.?\d+$/.test(plain) ? Number(plain) : text;
}
