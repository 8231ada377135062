import { checkLine } from './check-spend.js';
import { linesOf } from './lines.js';

describe('a spend check on the command line', () => {
  it('answers a line that is not JSON in its place, naming the line', () => {
    expect(checkLine('paint', 7)).toEqual({
      id: null,
      error: {
        code: 'malformed-request',
        message: 'Line 7 is not JSON: write one candidate a line, as one JSON object.',
        pointer: null,
        line: 7,
      },
    });
  });

  it('answers a line that no program could keep or read through', () => {
    const message = (text: string): unknown => (checkLine(text, 7) as { error: { message: string } }).error.message;
    expect(message(`${'{"id":'.repeat(3_000)}1${'}'.repeat(3_000)}`)).toBe(
      'Line 7 is nested more than 32 deep: send what the description has.',
    );
    expect(message('{"id":"half a pair \\ud83d"}')).toBe(
      '/id holds a character that cannot be kept (U+D83D, half of one): remove it.',
    );
  });

  it('names the field that is wrong, under the id that was given', () => {
    const candidate = {
      id: 'a',
      date: '2026-02-30',
      amount: '1.00',
      stream: 'EDU',
      description: 'Paint',
      planned: true,
    };
    expect(checkLine(JSON.stringify(candidate), 1)).toMatchObject({ id: 'a', error: { pointer: '/date', line: 1 } });
  });
});

describe('the lines of standard input', () => {
  const lines = async (chunks: (string | Buffer)[], charactersMax = 100): Promise<string[]> => {
    const found: string[] = [];
    const input = (async function* () {
      yield* chunks;
    })();
    for await (const line of linesOf(input, charactersMax)) found.push(line);
    return found;
  };

  it('are ended by LF or CRLF and by nothing else', async () => {
    expect(await lines(['{"a":"x\u2028y"}\r\n{"b"', ':1}\n\nlast'])).toEqual([
      '{"a":"x\u2028y"}',
      '{"b":1}',
      '',
      'last',
    ]);
  });

  it('keep a letter whose bytes come in two pieces', async () => {
    const bytes = Buffer.from('é\n');
    expect(await lines([bytes.subarray(0, 1), bytes.subarray(1)])).toEqual(['é']);
  });

  it('are cut one character over the limit, so that memory stays bounded and the line is known to be too long', async () => {
    expect(await lines(['12345', '67890\nok'], 4)).toEqual(['12345', 'ok']);
  });
});
