import { InvalidArgumentError, type Command } from 'commander';
import type { AddClientOptions, AddPersonOptions } from '../provider/add-to-provider.js';

export function registerProvider(program: Command): void {
  const provider = program
    .command('provider')
    .description('whom the bundled sign-in of this machine lets in; it is for demos and tests');
  provider
    .command('add-person')
    .description('let a person sign in; what they may see is for an authority to grant')
    .requiredOption('--email <email>', 'what they sign in with', filled)
    .requiredOption('--name <name>', 'what they are called', filled)
    .option('--subject <subject>', 'what their tokens name them by; their email address where left out', filled)
    .option('--password-stdin', 'read the password from standard input instead of asking for it')
    .option('--replace', 'where they can sign in already: change their name and password')
    .option('--json', 'answer {"subject","email"} on standard output')
    .action(async (options: AddPersonOptions) => {
      const { addPerson } = await import('../provider/add-to-provider.js');
      await addPerson(options);
    });
  provider
    .command('add-client')
    .description('let a machine sign in by client credentials; what it may do is for an authority to grant')
    .requiredOption('--client-id <id>', 'what it names itself by', filled)
    .requiredOption('--name <name>', 'such as "Anderson Payroll"', filled)
    .option('--secret-stdin', 'read the secret from standard input; without it one is made and shown once')
    .option('--replace', 'where there is such a client already: change its name and secret')
    .option('--json', 'answer {"clientId","secret"} on standard output; a secret that was read is null')
    .action(async (options: AddClientOptions) => {
      const { addClient } = await import('../provider/add-to-provider.js');
      await addClient(options);
    });
}

function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty: write it out.');
  return text.trim();
}
