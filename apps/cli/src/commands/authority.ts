import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AddAuthorityOptions } from '../authority/add-authority.js';

export function registerAuthority(program: Command): void {
  const authority = program.command('authority').description('the councils and NHS bodies of this installation');
  authority
    .command('add')
    .description('set up an authority with its first approver, who lets everybody else in; an administrative task')
    .requiredOption('--name <name>', 'such as "Oakshire County Council"', filled)
    .addOption(
      new Option('--kind <kind>', 'what it is')
        .choices(['LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD'])
        .makeOptionMandatory(),
    )
    .requiredOption('--code <code>', 'its short code, unique in the installation', filled)
    .requiredOption('--approver-name <name>', 'the first approver', filled)
    .requiredOption('--approver-email <email>', 'their email address', filled)
    .option('--issuer <url>', 'the OpenID Connect issuer that signs them in; OIDC_ISSUER where left out')
    .requiredOption('--subject <subject>', 'what that issuer’s tokens name them by', filled)
    .option('--json', 'answer {"authorityId","approverId"} on standard output')
    .action(async (options: AddAuthorityOptions) => {
      const { addAuthority } = await import('../authority/add-authority.js');
      await addAuthority(options);
    });
}

function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty: write it out.');
  return text.trim();
}
