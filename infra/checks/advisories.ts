import semver from 'semver';

/** A known bad range of a package; `accepted` names the one bad version we knowingly run, and why. */
export interface Advisory {
  package: string;
  bad: string;
  id: string;
  about: string;
  source: string;
  seen: string;
  accepted?: { version: string; until: string; because: string };
}

/** What matters of package-lock.json: where each package lies and its version. */
export interface Lock {
  packages: Record<string, { version?: string }>;
}

/** Every lock entry that an advisory names and nobody accepted, as `name@version: ids`. */
export function knownBad(lock: Lock, advisories: readonly Advisory[]): string[] {
  return Object.entries(lock.packages).flatMap(([path, { version }]) => {
    const name = /.*node_modules\/(.+)$/.exec(path)?.[1];
    if (!name || !version) return [];
    return advisories
      .filter((advisory) => advisory.package === name && advisory.accepted?.version !== version)
      .filter(({ bad }) => semver.satisfies(version, bad, { includePrerelease: true }))
      .map(({ id }) => `${name}@${version}: ${id}`);
  });
}
