import type { ModdleElement } from 'bpmn-moddle';

/** `bpmn:UserTask` → `UserTask`. */
export const kindOf = (element: ModdleElement): string =>
  element.$type.slice(element.$type.indexOf(':') + 1);

/** The elements in a property that holds several, or one. */
export function elementsIn(element: ModdleElement | null, name: string): readonly ModdleElement[] {
  const value = valueOf(element, name);
  if (Array.isArray(value)) return value.filter(isElement);
  return isElement(value) ? [value] : [];
}

export const elementIn = (element: ModdleElement | null, name: string): ModdleElement | null =>
  elementsIn(element, name)[0] ?? null;

export function textIn(element: ModdleElement | null, name: string): string {
  const value = valueOf(element, name);
  return typeof value === 'string' ? value.trim() : '';
}

/** A property of an element, also of one of a namespace that nobody described. */
function valueOf(element: ModdleElement | null, name: string): unknown {
  if (!element) return undefined;
  if (typeof element.get === 'function') return element.get(name);
  return Reflect.get(element, name) as unknown;
}

const isElement = (value: unknown): value is ModdleElement =>
  typeof value === 'object' && value !== null && '$type' in value;
