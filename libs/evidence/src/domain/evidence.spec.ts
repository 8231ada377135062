import type { Problem } from '@ringfence/kernel';
import { checkReceipt, plainFileName, receiptLinesJson, type ReceiptTerms } from './receipt.js';
import { receiptTypeOf } from './receipt-file.js';

const today = '2026-06-15';
const nothing: ReceiptTerms = { amountPence: null, receiptDate: null, supplier: null, lines: [] };
const refusal = (terms: Partial<ReceiptTerms>): string | undefined => {
  try {
    checkReceipt({ ...nothing, ...terms }, today);
    return undefined;
  } catch (error) {
    return (error as Problem).message;
  }
};

describe('what a receipt says', () => {
  it('may all be left for later, and lines may come without an amount', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ lines: [{ description: 'Swimming', amountPence: 450n }] })).toBeUndefined();
    expect(refusal({ receiptDate: today, amountPence: 450n, supplier: 'Pool' })).toBeUndefined();
  });

  it('must add up where both the lines and the amount are given, discounts included', () => {
    const lines = [
      { description: 'Swimming', amountPence: 500n },
      { description: 'Member discount', amountPence: -50n },
    ];
    expect(refusal({ amountPence: 450n, lines })).toBeUndefined();
    expect(refusal({ amountPence: 500n, lines })).toBe(
      "/lines sum to 4.50, but the receipt's amount is 5.00: correct a line or the amount.",
    );
  });

  it('is refused with too many lines, or a supplier without a name', () => {
    const lines = Array.from({ length: 501 }, () => ({ description: 'Bun', amountPence: 1n }));
    expect(refusal({ lines })).toBe('/lines has 501 lines: 500 is the most.');
    expect(refusal({ supplier: ' ' })).toBe('/supplier has 0 characters: write 1 to 200.');
  });
});

describe('lines typed into a form', () => {
  it('are read as descriptions and amounts', () => {
    expect(receiptLinesJson('[{"description":"Bun","amount":"1.20"}]')).toEqual([
      { description: 'Bun', amountPence: 120n },
    ]);
  });

  it('are refused where one is not a text with an amount', () => {
    expect(() => receiptLinesJson('[{"amount":"1.20"}]')).toThrow('/lines/0/description must be a text.');
    expect(() => receiptLinesJson('[{"description":"Bun","amount":1.2}]')).toThrow(
      '/lines/0/amount must be a decimal string such as "12.34", not a number.',
    );
    expect(() => receiptLinesJson('[null]')).toThrow('/lines/0/description must be a text.');
  });
});

describe('a file’s name', () => {
  it('keeps no folders and no control characters', () => {
    expect(plainFileName('C:\\My receipts\\till\u0000 slip.jpg')).toBe('till slip.jpg');
    expect(plainFileName('../../etc/passwd')).toBe('passwd');
    expect(plainFileName('/')).toBe('receipt');
  });
});

describe('a photograph', () => {
  const head = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1];
  const scan = [0xff, 0xda, 0, 2, 0x12, 0xff, 0x00, 0xff, 0xd3, 0x34];

  it('is whole when every scan of it ends, with something after it or not', async () => {
    const end = [0xff, 0xd9];
    for (const bytes of [
      [...head, ...scan, ...end],
      [...head, ...scan, ...scan, ...end, 0, 0, 7],
      [...head, 0xff, ...scan, ...end],
    ]) {
      expect(await receiptTypeOf(Uint8Array.from(bytes))).toBe('image/jpeg');
    }
  });

  it('is refused when it breaks off in a segment, in a scan or before its end', async () => {
    for (const bytes of [head.slice(0, 7), [...head, ...scan], [...head, ...scan, 0xff], [...head, 0xff, 0xda, 0, 0]]) {
      await expect(receiptTypeOf(Uint8Array.from(bytes))).rejects.toThrow('The JPEG stops before its end');
    }
  });
});
