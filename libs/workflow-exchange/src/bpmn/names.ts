/** Names that are not taken yet, made of what a file calls things. */
export class Names {
  private readonly taken = new Set<string>();

  /** An id like `assess-the-risk`. */
  step(name: string): string {
    return this.free(slug(name, '-') || 'step', '-');
  }

  /** A fact's name like `assess_the_risk_note`. */
  fact(name: string): string {
    return this.free(slug(name, '_') || 'fact', '_');
  }

  /** How an ending is called; two may be called the same. */
  outcome(name: string): string {
    return slug(name, '-') || 'done';
  }

  /** The name of a signal: the same for the same text. */
  signal(name: string): string {
    return slug(name, '-') || 'signal';
  }

  private free(wanted: string, separator: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count += 1) name = `${wanted}${separator}${count}`;
    this.taken.add(name);
    return name;
  }
}

function slug(text: string, separator: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words.join(separator).slice(0, 50);
  const trimmed = joined.endsWith(separator) ? joined.slice(0, -1) : joined;
  return /^[0-9]/.test(trimmed) ? `n${trimmed}` : trimmed;
}
