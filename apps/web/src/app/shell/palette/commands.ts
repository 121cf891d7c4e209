import { inject, Injectable, type Injector } from '@angular/core';
import { Router } from '@angular/router';
import { aiSystemsSchema, membersSchema, tasksSchema } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import {
  Api,
  CurrentOrganisation,
  Preferences,
  Session,
  withQuery,
  words,
} from '../../platform/index.ts';
import { switchTarget } from '../../platform/organisation/switch-target.ts';
import { Navigation } from '../navigation.ts';
import type file from '../shell.en-GB.json';
import type { Command, Section } from './command.ts';
import { recentOrganisations } from './recent.ts';

const openHelpFrom = async (injector: Injector): Promise<void> => {
  const { openHelp } = await import('../help/help.ts');
  openHelp(injector);
};

/** Most records that one search shows. */
const FOUND = 6;

/** Everything the palette offers in the organisation of this page. */
@Injectable()
export class Commands {
  private readonly t = words<typeof file>('shell');
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly navigation = inject(Navigation);
  private readonly preferences = inject(Preferences);
  private readonly router = inject(Router);
  private readonly session = inject(Session);

  /** Places, verbs and help: what needs no search. */
  standing(): readonly Command[] {
    return [...this.places(), ...this.verbs(), ...this.help()];
  }

  /** Organisations to switch to: most recent first, then those that wait for the person, then A to Z. */
  organisations(): readonly Command[] {
    const recent = recentOrganisations();
    const rank = (slug: string): number => {
      const at = recent.indexOf(slug);
      return at < 0 ? recent.length : at;
    };
    return [...this.session.organisations()]
      .filter(
        ({ kind, slug }) => kind !== this.organisation.kind || slug !== this.organisation.slug,
      )
      .sort(
        (a, b) =>
          rank(a.slug) - rank(b.slug) || b.yourTurn - a.yourTurn || a.name.localeCompare(b.name),
      )
      .map((one) => ({
        id: `switch-${one.kind}-${one.slug}`,
        section: 'switch' as const,
        text: one.name,
        hint:
          one.relation === 'adviser'
            ? this.t('adviser')
            : one.roles.map((role) => roleLabel(role)).join(', '),
        mark: { name: one.name, ...one.mark },
        yourTurn: one.yourTurn,
        run: () => this.router.navigate(switchTarget(this.router.url, one)),
      }));
  }

  /** Records of this organisation that match. */
  async find(text: string): Promise<readonly Command[]> {
    if (this.organisation.kind !== 'client') return [];
    const found = await Promise.all([this.findSystems(text), this.findTasks(text)]);
    return found.flat();
  }

  async people(text: string): Promise<readonly Command[]> {
    if (!this.organisation.can('read', 'Member')) return [];
    const { members } = await this.api.get(this.organisation.api('members'), membersSchema);
    return members
      .filter(({ person }) => person.name.toLowerCase().includes(text.toLowerCase()))
      .slice(0, FOUND)
      .map(({ id, person, roles }) =>
        this.goTo(
          `person-${id}`,
          'people',
          person.name,
          ['members'],
          roles.map(roleLabel).join(', '),
        ),
      );
  }

  private async findSystems(text: string): Promise<readonly Command[]> {
    const path = withQuery(this.organisation.api('ai-systems'), { q: text, limit: FOUND });
    const { items } = await this.api.get(path, aiSystemsSchema);
    return items.map(({ id, name, reference }) =>
      this.goTo(`system-${id}`, 'find', name, ['ai-systems', id], reference),
    );
  }

  private async findTasks(text: string): Promise<readonly Command[]> {
    if (!this.organisation.can('read', 'Task')) return [];
    const path = withQuery(this.organisation.api('tasks'), { q: text, limit: FOUND });
    const { items } = await this.api.get(path, tasksSchema);
    return items.map(({ id, title, reference }) =>
      this.goTo(`task-${id}`, 'find', title, ['tasks', id], reference),
    );
  }

  private places(): readonly Command[] {
    return this.navigation
      .entries()
      .map((entry) =>
        this.goTo(`go-${entry.key}`, 'go', this.t.of('nav', entry.key), [...entry.path]),
      );
  }

  private verbs(): readonly Command[] {
    const { kind } = this.organisation;
    const client = kind === 'client';
    const can = this.organisation.can.bind(this.organisation);
    const offered: readonly (Command | false)[] = [
      client &&
        can('create', 'AiSystem') &&
        this.goTo('propose', 'do', this.t('do.propose'), ['propose']),
      can('create', 'Import') && this.goTo('import', 'do', this.t('do.import'), ['imports', 'new']),
      client &&
        can('create', 'Evidence') &&
        this.goTo('evidence', 'do', this.t('do.evidence'), ['evidence', 'new']),
      client &&
        can('create', 'Export') &&
        this.goTo('export', 'do', this.t('do.export'), ['exports', 'new']),
      !client &&
        can('create', 'Organisation') &&
        this.goTo('client', 'do', this.t('do.addClient'), ['clients', 'new']),
      can('manage', 'Member') &&
        this.goTo('invite', 'do', this.t('do.invite'), ['members', 'invite']),
      client &&
        can('manage', 'Engagement') &&
        this.goTo('engagements', 'do', this.t('do.engagements'), ['engagements']),
      this.schemeVerb(),
      this.densityVerb(),
      {
        id: 'sign-out',
        section: 'do',
        text: this.t('signOut'),
        run: () => this.session.signOut(),
      },
    ];
    return offered.filter((one) => one !== false);
  }

  private schemeVerb(): Command {
    const dark = this.preferences.scheme() === 'dark';
    return {
      id: 'scheme',
      section: 'do',
      text: this.t(dark ? 'do.light' : 'do.dark'),
      run: () => this.preferences.scheme.set(dark ? 'light' : 'dark'),
    };
  }

  private densityVerb(): Command {
    const compact = this.preferences.density() === 'compact';
    return {
      id: 'density',
      section: 'do',
      text: this.t(compact ? 'do.comfortable' : 'do.compact'),
      run: () => this.preferences.density.set(compact ? 'comfortable' : 'compact'),
    };
  }

  private help(): readonly Command[] {
    const outside = (id: string, text: string, path: string): Command => ({
      id,
      section: 'help',
      text,
      run: () => this.router.navigateByUrl(path),
    });
    return [
      { id: 'keys', section: 'help', text: this.t('help.keys'), hint: '?', run: openHelpFrom },
      outside('verify', this.t('help.verify'), '/verify'),
      outside('me', this.t('help.me'), '/me'),
    ];
  }

  private goTo(
    id: string,
    section: Section,
    text: string,
    path: readonly string[],
    hint?: string,
  ): Command {
    return {
      id,
      section,
      text,
      ...(hint && { hint }),
      run: () => this.router.navigate(this.organisation.page(...path)),
    };
  }
}
