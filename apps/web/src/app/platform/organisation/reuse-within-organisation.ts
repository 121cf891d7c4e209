import { Injectable } from '@angular/core';
import { BaseRouteReuseStrategy, type ActivatedRouteSnapshot } from '@angular/router';

/** Builds every page anew when the organisation in the address changes, so none shows another's data. */
@Injectable()
export class ReuseWithinOrganisation extends BaseRouteReuseStrategy {
  override shouldReuseRoute(
    future: ActivatedRouteSnapshot,
    current: ActivatedRouteSnapshot,
  ): boolean {
    const same = (name: string): boolean => future.params[name] === current.params[name];
    return super.shouldReuseRoute(future, current) && same('firm') && same('client');
  }
}
