import { exitCodeOf, exitCodes } from '../exit.js';
import { contentKey } from './api-client.js';
import { refusalOf } from './refusal.js';

function answer(status: number, body: object | string, type = 'application/problem+json'): Response {
  const response = new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });
  Object.defineProperty(response, 'url', { value: 'https://api.example.org/v1/budgets' });
  return response;
}

const problem = (code: string, detail: string, errors: object[] = []) => ({
  type: `urn:ringfence:problem:${code}`,
  detail,
  errors,
});

describe('a refusal of the API, at the command line', () => {
  it('is the API’s own sentence, and the input was refused', async () => {
    const refusal = await refusalOf(answer(404, problem('not-found', 'There is no budget 7 that you can see.')));
    expect(refusal.message).toBe('There is no budget 7 that you can see.');
    expect(exitCodeOf(refusal)).toBe(exitCodes.refused);
  });

  it('lists several faults by their place, without what a terminal would obey', async () => {
    const errors = [
      { line: 3, message: 'The amount "\u001b[2Jx" is none.' },
      { pointer: '/name', message: '/name is empty.' },
      { line: 9, message: 'Line 9: no date.' },
    ];
    const refusal = await refusalOf(answer(422, problem('import-refused', '3 faults.', errors)));
    expect(refusal.message.split('\n')).toEqual([
      '3 faults.',
      '  line 3: The amount " [2Jx" is none.',
      '  /name is empty.',
      '  Line 9: no date.',
    ]);
  });

  it('is a failure where the API failed, or where it was not the API that answered', async () => {
    for (const [response, sentence] of [
      [answer(500, problem('internal-error', 'Nothing was changed. Quote 7.')), 'Nothing was changed. Quote 7.'],
      [answer(502, '<h1>Bad gateway</h1>', 'text/html'), 'status 502'],
      [answer(404, '<h1>Not found</h1>', 'text/html'), 'status 404'],
      [answer(400, '{', 'application/json'), 'status 400'],
    ] as const) {
      const refusal = await refusalOf(response);
      expect(refusal.message).toBe(`https://api.example.org could not do this: ${sentence}`);
      expect(exitCodeOf(refusal)).toBe(exitCodes.failed);
    }
  });
});

describe('the key of a action', () => {
  it('is the same for the same content and another for any other', () => {
    expect(contentKey('import', 'a', Buffer.from('bc'))).toBe(contentKey('import', 'a', 'bc'));
    const keys = [contentKey('import', 'a', 'bc'), contentKey('import', 'ab', 'c'), contentKey('commit', 'a', 'bc')];
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]!.length).toBeLessThan(200);
  });
});
