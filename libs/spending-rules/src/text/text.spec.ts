import { completions } from './cut-off.js';
import { bankText, mentions, normalise, transferToPerson, without } from './text.js';

describe('reading what banks and tills print', () => {
  it('takes capitals, accents, apostrophes and signs as the same words', () => {
    expect(normalise("Doctor’s A&E – Café's")).toBe('doctors a and e cafes');
  });

  it('leaves out what is printed around a name', () => {
    expect(bankText('CARD PAYMENT TO SUMUP *BOOTS/0412 LEEDS')).toBe('boots leeds');
    expect(bankText('STANDING ORDER TO J SMITH')).toBe('j smith');
  });

  it('knows a transfer that only names a person', () => {
    expect(transferToPerson('BANK TRANSFER J SMITH')).toBe('J SMITH');
    expect(transferToPerson('FASTER PAYMENT TO MRS A JONES')).toBe('MRS A JONES');
    expect(transferToPerson('FASTER PAYMENT TO OAK HOUSE CLUB')).toBeUndefined();
    expect(transferToPerson('J SMITH')).toBeUndefined();
  });

  it('matches whole words only', () => {
    expect(mentions('accidental damage', ['dental'])).toBe(false);
    expect(mentions('better betty alphabet', ['bet'])).toBe(false);
    expect(mentions('vaccination', ['vaccin~'])).toBe(true);
  });

  it('reads choices, words that may be missing, gaps and the start of a line', () => {
    expect(mentions('support at school', ['(at|in) the? school'])).toBe(true);
    expect(mentions('support in the school', ['(at|in) the? school'])).toBe(true);
    expect(mentions('taking sam and jo to the dentist', ['taking * to the dentist'])).toBe(true);
    expect(mentions('boots leeds', ['^boots'])).toBe(true);
    expect(mentions('football boots', ['^boots'])).toBe(false);
  });

  it('strikes harmless words out without joining their neighbours', () => {
    expect(mentions(without('health boiler check', ['boiler']), ['health check'])).toBe(false);
  });

  it('recognises a name that the bank cut off', () => {
    expect(completions('park road medical cent', ['medical centre'])).toEqual(['park road medical centre']);
    expect(completions('park road med', ['medical centre'])).toEqual([]);
    expect(completions('the big screen', ['screening'])).toEqual([]);
    expect(completions('park road surg', ['surg…ery'])).toEqual(['park road surgery']);
  });
});
