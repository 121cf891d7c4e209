/** How people refer to an AI system: AIS-0001 and so on. */
export const referenceOf = (number: number): string => `AIS-${String(number).padStart(4, '0')}`;
