const KEY = 'plumbline.recent-organisations';

/** Short names of the organisations last worked in on this browser, newest first. */
export function recentOrganisations(): readonly string[] {
  return (localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean);
}

/** Remembers that somebody works in this organisation now. */
export function rememberOrganisation(slug: string): void {
  const others = recentOrganisations().filter((one) => one !== slug);
  localStorage.setItem(KEY, [slug, ...others].slice(0, 8).join(' '));
}
