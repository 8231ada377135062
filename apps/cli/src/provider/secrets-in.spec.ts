import { PassThrough, Readable } from 'node:stream';
import { askNewPassword, inputBytesMax, secretFromInput } from './secrets-in.js';

/** A terminal on which these keys are pressed, and what it shows. */
function terminal(isTTY = true) {
  const [keys, screen] = [new PassThrough(), new PassThrough()];
  const input = Object.assign(keys, { isTTY, setRawMode: () => input });
  let shown = '';
  screen.on('data', (chunk: Buffer) => {
    const before = shown.match(/: /g)?.length ?? 0;
    shown += chunk.toString();
    if ((shown.match(/: /g)?.length ?? 0) > before) asked.shift()?.();
  });
  const asked: (() => void)[] = [];
  return {
    input,
    screen,
    shown: () => shown,
    type: (...lines: string[]) => void lines.forEach((line) => asked.push(() => setImmediate(() => keys.write(line)))),
  };
}

describe('A password that is asked for', () => {
  it('is typed twice and shown nowhere', async () => {
    const { input, screen, shown, type } = terminal();
    type('correct horse\r', 'correct horse\r');
    expect(await askNewPassword(input, screen)).toBe('correct horse');
    expect(shown()).toBe('Password (it is not shown): \nThe same once more: \n');
  });

  it('can be corrected while it is typed', async () => {
    const { input, screen, type } = terminal();
    type('correct horsf\x7fe\r', 'correct horse\r');
    expect(await askNewPassword(input, screen)).toBe('correct horse');
  });

  it('is refused where the two differ', async () => {
    const { input, screen, type } = terminal();
    type('correct horse\r', 'correct house\r');
    await expect(askNewPassword(input, screen)).rejects.toThrow(
      'The two passwords differ, and nothing was added: run the command again.',
    );
  });

  it('is not missed: Ctrl-C adds nothing', async () => {
    const { input, screen, type } = terminal();
    type('corr\x03');
    await expect(askNewPassword(input, screen)).rejects.toThrow('No password was given, and nothing was added.');
  });

  it('is refused where nobody can be asked', async () => {
    const { input, screen } = terminal(false);
    await expect(askNewPassword(input, screen)).rejects.toThrow(
      'There is no terminal to ask for the password on: give it on standard input with --password-stdin.',
    );
  });
});

describe('A secret on standard input', () => {
  it.each(['secret words', 'secret words\n', 'secret words\r\n'])('is one line of it: %j', async (text) => {
    expect(await secretFromInput(Readable.from([Buffer.from(text)]))).toBe('secret words');
  });

  it('is refused where it is a whole file', async () => {
    const file = Readable.from([Buffer.alloc(inputBytesMax), Buffer.alloc(1)]);
    await expect(secretFromInput(file)).rejects.toThrow(
      'Standard input holds more than 4096 bytes: send the secret alone.',
    );
  });
});
