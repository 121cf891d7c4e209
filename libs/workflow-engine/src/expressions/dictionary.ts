import type { FactDeclaration, FactType, Facts, FactValue } from './condition.ts';
import { inheritedNames } from './shape.ts';
import { type ValueType, valueTypeOf } from './value-type.ts';

/** The declared facts of a definition, ready for look-up: what is not in it cannot be named. */
export interface Dictionary {
  readonly declarations: ReadonlyMap<string, FactDeclaration>;
  readonly types: ReadonlyMap<string, ValueType>;
}

const known = new WeakMap<readonly FactDeclaration[], Dictionary>();

/** The dictionary of these declarations; the same array gives the same dictionary. */
export function dictionaryOf(declarations: readonly FactDeclaration[]): Dictionary {
  let dictionary = known.get(declarations);
  if (!dictionary) {
    dictionary = {
      declarations: new Map(declarations.map((fact) => [fact.name, fact])),
      types: new Map(declarations.map((fact) => [fact.name, valueTypeOf(fact.type)])),
    };
    known.set(declarations, dictionary);
  }
  return dictionary;
}

const rows = new WeakMap<Dictionary, WeakMap<object, Dictionary>>();

/** A dictionary inside one row of a list: the row's own fields hide facts of the same name. */
export function withRow(outer: Dictionary, list: FactType & { readonly kind: 'list' }): Dictionary {
  let inner = rows.get(outer);
  if (!inner) rows.set(outer, (inner = new WeakMap()));
  let dictionary = inner.get(list);
  if (!dictionary) {
    const fields = Object.entries(list.of).map(([name, type]): FactDeclaration => ({
      name,
      type,
      source: 'form',
    }));
    dictionary = dictionaryOf([
      ...[...outer.declarations.values()].filter((fact) => !Object.hasOwn(list.of, fact.name)),
      ...fields,
    ]);
    inner.set(list, dictionary);
  }
  return dictionary;
}

/** The value of a fact; `null` when it is not known. Never reads an inherited property. */
export function readFact(facts: Facts, name: string): FactValue {
  return Object.hasOwn(facts, name) ? (facts[name] ?? null) : null;
}

const factName = /^[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*$/;
const inherited: ReadonlySet<string> = new Set(inheritedNames);

/** Whether a fact may be called this: letters, digits and `_`, parts joined by `.` or `-`. */
export function isFactName(name: string): boolean {
  return name.length <= 80 && factName.test(name) && !inherited.has(name);
}
