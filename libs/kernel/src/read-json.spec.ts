import { Type } from 'typebox';
import { readJson } from './read-json.js';

const shelf = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 5 }),
    boxes: Type.Array(Type.Boolean(), { maxItems: 20 }),
    size: Type.Union([Type.Null(), Type.Enum(['S', 'L'])]),
  },
  { additionalProperties: false },
);

describe('a value that came as JSON', () => {
  const messages = (value: unknown): string[] => {
    const read = readJson(shelf, value, { whole: 'shelf' });
    return 'value' in read ? [] : read.refusals.map(({ message }) => message);
  };

  it('is returned where it fits', () => {
    const value = { name: 'top', boxes: [true], size: null };
    expect(readJson(shelf, value, { whole: 'shelf' })).toEqual({ value });
  });

  it('is refused with all that is wrong, each place once', () => {
    expect(messages(null)).toEqual(['The shelf must be an object.']);
    expect(messages({ name: 'too long', size: 'M', 'a/b': 1 })).toEqual([
      '/boxes is missing.',
      '/name must be a text of 1 to 5 characters.',
      '/size must be "S" or "L".',
      '/a~1b is not a field of a shelf.',
    ]);
  });

  it('is told more than the eight faults that TypeBox stops at', () => {
    expect(messages({ name: 'top', boxes: Array(20).fill(1), size: 'S' })).toHaveLength(20);
  });

  it('is not looked at within a refused place', () => {
    expect(messages({ name: 'top', boxes: Array(21).fill(1), size: 'S' })).toEqual([
      '/boxes must be a list of 0 to 20.',
    ]);
  });
});
