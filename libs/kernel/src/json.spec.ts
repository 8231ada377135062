import { jsonDepthMax, parseJson, type JsonPlace } from './json.js';
import { Problem } from './problems.js';
import { textFault } from './text.js';

const refused = (text: string, place?: JsonPlace): string => {
  try {
    return `was read: ${JSON.stringify(parseJson(text, place))}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `${error.code}: ${error.message}`;
  }
};

describe('JSON that somebody sent', () => {
  it('is read as it is, a byte order mark before it left out', () => {
    expect(parseJson('\ufeff{"a":[1,"é😀",null,{"b":"[[[["}]}')).toEqual({ a: [1, 'é😀', null, { b: '[[[[' }] });
  });

  it('is refused where it is empty or does not parse', () => {
    expect(refused(' ')).toBe('malformed-request: The body is empty: send JSON.');
    expect(refused('{"a":')).toBe('malformed-request: The body is not JSON: correct it.');
    expect(refused('[1', { pointer: '/lines' })).toBe('invalid-request: /lines is not JSON: correct it.');
    expect(refused('Line', { name: 'Line 3', hint: 'write one object a line' })).toBe(
      'malformed-request: Line 3 is not JSON: write one object a line.',
    );
  });

  it('is refused where it is nested deeper than any request, before it is parsed', () => {
    const nested = (deep: number): string => '['.repeat(deep) + ']'.repeat(deep);
    expect(parseJson(nested(jsonDepthMax))).toBeDefined();
    const sentence = 'malformed-request: The body is nested more than 32 deep: send what the description has.';
    for (const text of [nested(jsonDepthMax + 1), '{"a":'.repeat(3_000), '['.repeat(1_000_000)]) {
      expect(refused(text)).toBe(sentence);
    }
    expect(parseJson(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`)).toHaveLength(201);
  });

  it('is refused where a text or a name holds a character that cannot be kept, by its pointer', () => {
    expect(refused('{"a":[{"b":"x\\ud83d"}]}')).toBe(
      'invalid-request: /a/0/b holds a character that cannot be kept (U+D83D, half of one): remove it.',
    );
    expect(refused('{"a":"\\u0000"}')).toBe(
      'invalid-request: /a holds a character that cannot be kept (U+0000): remove it.',
    );
    expect(refused('{"a":{"\\udc00":1}}')).toBe(
      'invalid-request: A name in /a holds a character that cannot be kept (U+DC00, half of one): remove it.',
    );
  });

  it('is refused where it has a name that a program keeps for itself', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(refused(`{"a":{"${name}":{}}}`)).toBe(
        `invalid-request: /a/${name} is a name that no field can have: leave it out.`,
      );
    }
  });
});

describe('a text', () => {
  it('can be kept with every whole character', () => {
    expect(textFault('Zoë 😀 \u0001 \ufffd', '/name')).toBeUndefined();
  });
});
