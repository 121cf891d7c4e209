import { computed, inject, Injectable } from '@angular/core';
import {
  LucideActivity,
  LucideArchive,
  LucideBoxes,
  LucideBuilding,
  LucideCalendarOff,
  LucideFileCheck,
  LucideHouse,
  LucideKeyRound,
  LucideListTodo,
  LucideMail,
  LucideRoute,
  LucideSheet,
  LucideShieldAlert,
  LucideUsers,
  LucideWebhook,
  LucideWorkflow,
  type LucideIconData,
} from '@lucide/angular';
import type { Action, Subject } from '@plumbline/policies';
import { CurrentOrganisation } from '../platform/index.ts';

/** One entry of the rail; its name is `nav.<key>` in the shell's words. */
export interface NavigationEntry {
  readonly key: string;
  /** Parts of the address after the organisation. */
  readonly path: readonly string[];
  readonly icon: LucideIconData;
  readonly group?: 'run' | 'prove' | 'build' | 'settings';
  /** The right it takes to see it; none for everybody. */
  readonly needs?: readonly [Action, Subject];
  /** Shown in the narrow screen's bar. */
  readonly inBar?: boolean;
  /** Only the exact address is this entry, not the pages below it. */
  readonly exact?: boolean;
}

const CLIENT: readonly NavigationEntry[] = [
  {
    key: 'tasks',
    path: ['tasks'],
    icon: LucideListTodo.icon,
    needs: ['read', 'Task'],
    inBar: true,
  },
  {
    key: 'home',
    path: [],
    icon: LucideHouse.icon,
    inBar: true,
    exact: true,
    needs: ['read', 'AiSystem'],
  },
  {
    key: 'ai-systems',
    path: ['ai-systems'],
    icon: LucideBoxes.icon,
    group: 'run',
    needs: ['read', 'AiSystem'],
    inBar: true,
  },
  {
    key: 'monitors',
    path: ['monitors'],
    icon: LucideActivity.icon,
    group: 'run',
    needs: ['read', 'Monitor'],
  },
  { key: 'runs', path: ['runs'], icon: LucideRoute.icon, group: 'run', needs: ['read', 'Run'] },
  {
    key: 'evidence',
    path: ['evidence'],
    icon: LucideFileCheck.icon,
    group: 'prove',
    needs: ['read', 'Evidence'],
  },
  {
    key: 'exports',
    path: ['exports'],
    icon: LucideArchive.icon,
    group: 'prove',
    needs: ['read', 'Export'],
  },
  {
    key: 'workflows',
    path: ['workflows'],
    icon: LucideWorkflow.icon,
    group: 'build',
    needs: ['update', 'Workflow'],
  },
  {
    key: 'members',
    path: ['members'],
    icon: LucideUsers.icon,
    group: 'settings',
    needs: ['read', 'Member'],
  },
  {
    key: 'absences',
    path: ['absences'],
    icon: LucideCalendarOff.icon,
    group: 'settings',
    needs: ['read', 'Absence'],
  },
  {
    key: 'mail-preferences',
    path: ['mail-preferences'],
    icon: LucideMail.icon,
    group: 'settings',
    needs: ['update', 'Notification'],
  },
  {
    key: 'exceptions',
    path: ['exceptions'],
    icon: LucideShieldAlert.icon,
    group: 'settings',
    needs: ['read', 'Exception'],
  },
  {
    key: 'tokens',
    path: ['tokens'],
    icon: LucideKeyRound.icon,
    group: 'settings',
    needs: ['read', 'Token'],
  },
  {
    key: 'webhooks',
    path: ['webhooks'],
    icon: LucideWebhook.icon,
    group: 'settings',
    needs: ['read', 'Webhook'],
  },
];

const FIRM: readonly NavigationEntry[] = [
  {
    key: 'portfolio',
    path: [],
    icon: LucideBuilding.icon,
    needs: ['read', 'Portfolio'],
    inBar: true,
    exact: true,
  },
  {
    key: 'imports',
    path: ['imports'],
    icon: LucideSheet.icon,
    needs: ['read', 'Import'],
    inBar: true,
  },
  {
    key: 'workflows',
    path: ['workflows'],
    icon: LucideWorkflow.icon,
    needs: ['read', 'Workflow'],
  },
  {
    key: 'members',
    path: ['members'],
    icon: LucideUsers.icon,
    needs: ['read', 'Member'],
    inBar: true,
  },
  {
    key: 'webhooks',
    path: ['webhooks'],
    icon: LucideWebhook.icon,
    needs: ['read', 'Webhook'],
  },
];

/** What the reader may go to in the organisation of this page. */
@Injectable()
export class Navigation {
  private readonly organisation = inject(CurrentOrganisation);

  readonly entries = computed(() =>
    (this.organisation.kind === 'firm' ? FIRM : CLIENT).filter(
      ({ needs }) => !needs || this.organisation.can(...needs),
    ),
  );
  readonly groups = computed(() => {
    const groups = new Map<string, NavigationEntry[]>();
    for (const entry of this.entries()) {
      const key = entry.group ?? '';
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    return [...groups].map(([key, entries]) => ({ key, entries }));
  });
  readonly bar = computed(() => this.entries().filter(({ inBar }) => inBar));

  linkOf(entry: NavigationEntry): string[] {
    return this.organisation.page(...entry.path);
  }
}
