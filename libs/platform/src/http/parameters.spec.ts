import { readPairs, readParameters } from './parameters.js';

describe('the parameters of a query or a form', () => {
  it('are read as they were written', () => {
    const text = 'text=a+b%20c&empty=&none&caf%C3%A9=%F0%9F%98%80&sum=1%3D1=2';
    expect([...readParameters(text)]).toEqual([
      ['text', 'a b c'],
      ['empty', ''],
      ['none', ''],
      ['café', '😀'],
      ['sum', '1=1=2'],
    ]);
  });

  it.each([
    ['limit=1&limit=2', '/limit is given more than once: give it once.'],
    ['text=%', '/text holds a % that begins no UTF-8 character: write % itself as %25.'],
    ['text=%ff', '/text holds a % that begins no UTF-8 character: write % itself as %25.'],
    ['text=%ed%a0%bd', '/text holds a % that begins no UTF-8 character: write % itself as %25.'],
    ['text=%00', '/text holds a character that cannot be kept (U+0000): remove it.'],
    ['%00=1', 'A name of the parameters holds a character that cannot be kept (U+0000): remove it.'],
  ])('are refused as %s', (text, sentence) => {
    expect(() => readParameters(text)).toThrow(sentence);
  });

  it('may come several times where a list is asked for', () => {
    expect(readPairs('accept=1&accept=2')).toEqual([
      ['accept', '1'],
      ['accept', '2'],
    ]);
  });
});
