/** What a change of files asks of a running system. */
export interface Needed {
  readonly migrate: boolean;
  readonly styles: boolean;
  readonly restart: readonly ('api' | 'web' | 'worker')[];
}

const all = ['api', 'web', 'worker'] as const;

/** Whether a change of this file needs nothing: specs are not run, and templates are read anew for every page. */
export function isIgnored(path: string): boolean {
  return path.endsWith('.spec.ts') || /\.(njk|md)$/.test(path);
}

/** What changed files need. `paths` begin at the project's folder, with forward slashes. */
export function neededFor(paths: readonly string[]): Needed {
  const changed = paths.filter((path) => !isIgnored(path));
  const below = (folder: string): boolean => changed.some((path) => path.startsWith(folder));
  return {
    migrate: below('migrations/'),
    styles: below('apps/web/src/styles/'),
    restart: all.filter((name) => below(`apps/${name}/`) || below('libs/') || below('migrations/')),
  };
}
