import { projectFolder } from '@ringfence/platform';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(projectFolder(), 'apps/web/src');
const read = (ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

describe('A page', () => {
  const templates = read('.njk')
    .filter(({ text }) => text.includes('{% extends "shell/layout.njk" %}'))
    .map(({ path }) => path.replace(/\.njk$/, ''));
  const sources = read('.ts').filter(({ path }) => !path.endsWith('.spec.ts'));

  it('is stated once, with the type of what its template reads', () => {
    const stated = sources.flatMap(({ text }) =>
      [...text.matchAll(/definePage<\w+>\(\s*'([\w/-]+)',?\s*\)/g)].map(([, template]) => template),
    );
    expect(stated.sort()).toEqual(templates.sort());
  });

  it('is given no model that a cast has silenced', () => {
    const silenced = sources.filter(({ text }) => /\bas (never|any)\b/.test(text)).map(({ path }) => path);
    expect(silenced).toEqual([]);
  });
});
