import { isPhrase, isPlainPhrase, Phrases } from './phrases.js';
import { bankText, normalise, transferToPerson } from './text.js';

const mentions = (text: string, phrases: string[]): boolean => new Phrases(phrases).matches(text);
const completions = (text: string, phrases: string[]): readonly string[] => new Phrases(phrases).completions(text);

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

  it('strikes words out without joining their neighbours', () => {
    expect(mentions(new Phrases(['boiler']).strikeFrom('health boiler check'), ['health check'])).toBe(false);
  });

  it('recognises a name that the bank cut off', () => {
    expect(completions('park road medical cent', ['medical centre'])).toEqual(['park road medical centre']);
    expect(completions('park road med', ['medical centre'])).toEqual([]);
    expect(completions('the big screen', ['screening'])).toEqual([]);
    expect(completions('park road surg', ['surg…ery'])).toEqual(['park road surgery']);
  });

  it('knows the phrases of its language, and the part of it that an authority may use', () => {
    for (const phrase of [
      'gp$',
      '^dr * and? (partners|associates~)',
      '<word> hospital',
      'medical p…ractice',
      'vaccin~',
    ]) {
      expect(isPhrase(phrase)).toBe(true);
    }
    for (const odd of ['Gp', '(a|b', 'a.b', '[a-z]+', 'a  b', '', 'a|b', '(a|)', 'x{2}'])
      expect(isPhrase(odd)).toBe(false);
    expect(isPlainPhrase('(tea|coffee) shop~')).toBe(true);
    for (const more of ['^boots', 'tea? shop', 'tea * shop', 'sur…gery', '<word> shop'])
      expect(isPlainPhrase(more)).toBe(false);
  });
});
