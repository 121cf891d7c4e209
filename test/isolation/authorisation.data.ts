export const AUTHORISATION: Readonly<Record<string, 'public' | 'signed-in' | readonly string[]>> =
  {};
