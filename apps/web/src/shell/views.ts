import { longDate, poundsText, type Money } from '@ringfence/kernel';
import { projectFolder } from '@ringfence/platform';
import type { Environment } from 'nunjucks';
import { join } from 'node:path';

/** Templates lie beside their feature; they are read from the source tree at run time. */
export function templateFolders(): string[] {
  return [join(projectFolder(), 'apps/web/src'), join(projectFolder(), 'node_modules/govuk-frontend/dist')];
}

/** The only things that a template may compute: how a value is written. */
export function addFilters(environment: Environment): void {
  environment.addFilter('pounds', (pence: Money) => poundsText(pence));
  environment.addFilter('longDate', (date: string) => longDate(date));
}
