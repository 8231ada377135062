// Compiles the styles and puts them, with the scripts that the pages load, into dist/apps/web/assets. GOV.UK
// Frontend's own fonts and images are left behind: a council is not GOV.UK.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, NodePackageImporter } from 'sass';

const here = import.meta.dirname;
const root = resolve(here, '../..');

export function buildStyles(target = join(root, 'dist/apps/web/assets')) {
  mkdirSync(target, { recursive: true });
  const { css } = compile(join(here, 'src/styles/web.scss'), {
    style: 'compressed',
    importers: [new NodePackageImporter(here)],
    quietDeps: true,
  });
  if (/@font-face|GDS Transport|govuk-crest|url\(/i.test(css)) {
    throw new Error('The compiled styles name a font or an image of GOV.UK: see $govuk-font-family in web.scss.');
  }
  writeFileSync(join(target, 'web.css'), css);
  copyFileSync(join(here, 'src/styles/web.js'), join(target, 'web.js'));
  const script = join(root, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js');
  writeFileSync(
    join(target, 'govuk-frontend.min.js'),
    readFileSync(script, 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'),
  );
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) buildStyles();
