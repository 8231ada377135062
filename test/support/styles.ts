import { buildStyles } from '../../apps/web/build-styles.mjs';
import { oncePerProcess } from './once-per-process.js';

/** Compiles the styles and scripts that pages name, unless a spec file of this process has done it: seconds of work. */
export function requireStyles(): void {
  oncePerProcess('styles', () => {
    buildStyles();
    return true;
  });
}
