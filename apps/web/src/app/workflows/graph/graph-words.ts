import { inject } from '@angular/core';
import { type IFA11yResolvedConfig, mergeA11yConfig } from '@foblex/flow';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { stepOf } from '../model/design.ts';
import type file from '../workflows.en-GB.json';

/** The canvas' keys, and what it says about them, in our words. */
export function graphWords(): IFA11yResolvedConfig {
  const t = words<typeof file>('workflows');
  const store = inject(DesignerStore);
  const name = (connector: string): string => {
    const id = connector.replace(/-(?:in|out)$/, '');
    const design = store.design();
    return (design && stepOf(design, id)?.name) ?? id;
  };
  return mergeA11yConfig({
    moveStep: 20,
    coarseMoveStep: 100,
    keys: { selectAll: ['a'] },
    messages: {
      flow: t('graph.flow'),
      node: t('graph.node'),
      group: t('graph.node'),
      connection: t('graph.connection'),
      instructions: t(store.readOnly() ? 'graph.keysRead' : 'graph.keys'),
      connectionLabel: (from, to) => t('graph.from', { from: name(from), to: name(to) }),
      nodeFocused: (label, at, total) => t('graph.at', { label, at, total }),
      connectionFocused: (label) => label,
      allSelected: (count) => t.count('graph.allSelected', count),
      selectionCleared: t('graph.cleared'),
      itemsCount: (count) => t.count('graph.items', count),
      grabbed: (label) => t('graph.grabbed', { label }),
      moved: (x, y) => t('graph.moved', { x: Math.round(x), y: Math.round(y) }),
      dropped: (label) => t('graph.dropped', { label }),
      moveCancelled: (label) => t('graph.moveCancelled', { label }),
      connectStarted: (label) => t('graph.connectStarted', { label }),
      connectTarget: (label, at, total) => t('graph.connectTarget', { label, at, total }),
      // What really happened is said by the designer itself.
      connected: () => '',
      connectCancelled: t('graph.connectCancelled'),
      connectUnavailable: t('graph.connectUnavailable'),
      connectRequiresSingleNode: t('graph.connectOne'),
      deleteRequested: () => '',
      zoom: (percent) => t('graph.zoom', { percent: Math.round(percent) }),
    },
  });
}
