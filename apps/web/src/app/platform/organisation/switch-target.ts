import type { OrganisationStanding } from '@plumbline/contracts';

/** Sections that every client has, so that a switch can stay in them. */
const SECTIONS = ['tasks', 'ai-systems', 'monitors', 'runs', 'evidence', 'exports', 'members'];

/**
 * Where a switch leads: the same section in the other client, never a record of the first one;
 * the start of the organisation when it has no such section.
 */
export function switchTarget(
  url: string,
  { kind, slug }: Pick<OrganisationStanding, 'kind' | 'slug'>,
): string[] {
  const [, context, , section = ''] = url.split(/[?#]/, 1)[0]?.split('/') ?? [];
  if (kind === 'firm') return ['/', 'f', slug];
  const stays = context === 'c' && SECTIONS.includes(section);
  return ['/', 'c', slug, ...(stays ? [section] : [])];
}
