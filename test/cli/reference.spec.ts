import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../apps/cli/src/commands/index.js';

describe('docs/reference/command-line.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/command-line.md'), 'utf8');
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split('\n', 1)[0]!, section]),
  );
  const program = new Command('ringfence');
  for (const register of commands) register(program);

  it('has a section for every command, and for none that is not there', () => {
    expect([...sections.keys()].sort()).toEqual(leavesOf(program).map(nameOf).sort());
  });

  it('names every option of each command', () => {
    const missing = leavesOf(program).flatMap((command) =>
      command.options
        .filter(({ long }) => !sections.get(nameOf(command))?.includes(`\`${long}`))
        .map(({ long }) => `${nameOf(command)} ${long}`),
    );
    expect(missing).toEqual([]);
  });
});

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
