/** Writes the compiled styles and the scripts to a folder, `dist/apps/web/assets` unless told otherwise. */
export function buildStyles(target?: string): void;
