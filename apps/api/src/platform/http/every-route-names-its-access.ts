import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './decorators.ts';

const PATH = 'path';

/** Refuses the start when a route does not say who may call it: forgetting it must not open a door. */
export function assertEveryRouteNamesItsAccess(app: INestApplicationContext): void {
  const discovery = app.get(DiscoveryService, { strict: false });
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const open: string[] = [];
  for (const { instance, metatype } of discovery.getControllers()) {
    if (!instance || !metatype) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const method = prototype[name];
      if (typeof method !== 'function' || Reflect.getMetadata(PATH, method) === undefined) continue;
      if (reflector.get(ACCESS, method as () => unknown) === undefined) {
        open.push(`${metatype.name}.${name}`);
      }
    }
  }
  if (open.length > 0) {
    throw new Error(`Routes without @Can, @SignedInOnly or @Public: ${open.join(', ')}`);
  }
}
