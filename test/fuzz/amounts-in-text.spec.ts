import { amountsInText, isOfTwoInText, standsInText } from './amounts-in-text.js';

describe('Whether an amount stands in a text', () => {
  it.each([
    [1_234n, '10/04/2026,SHOP,-12.34'],
    [1_234n, ':61:2604130413D12,34NTRFNONREF'],
    [123_456n, '"£1,234.56"'],
    [123_456n, '1.234,56'],
    [123_456n, '1 234.56'],
    [50_000n, ':61:260413D500,NTRF'],
    [50_000n, '<TRNAMT>500'],
    [1_230n, 'T12.3'],
    [3_000n, '-30.000'],
    [1n, '0,01'],
    [1_234n, '<Amt>&#49;2.34</Amt>'],
  ])('finds %s pence in %j', (pence, text) => expect(standsInText(pence, text)).toBe(true));

  it.each([
    [1_235n, '-12.34'],
    [1_234n, '112.34'],
    [1_234n, '12.345'],
    [1_234n, '0.12.34'],
    [1_234n, '1.234'],
    [12_340n, '12.34'],
    [100n, 'no amount'],
  ])('does not find %s pence in %j', (pence, text) => expect(standsInText(pence, text)).toBe(false));

  it('finds by its short look nothing that the long one would not find', () => {
    for (let pence = 0n; pence < 2_000n; pence += 1n) {
      for (const text of ['a 12.34 b', 'x,5.00,7,', '3', 'C15,5', '1,234.00']) {
        if (standsInText(pence, text)) expect([text, amountsInText(text).has(pence)]).toEqual([text, true]);
      }
    }
  });

  it('finds an amount from which a fee was taken', () => {
    expect(isOfTwoInText(1_234n, '-12.00,0.34')).toBe(true);
    expect(isOfTwoInText(1_235n, '-12.00,0.34')).toBe(false);
  });
});
