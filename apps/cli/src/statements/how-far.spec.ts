import { howFar, partOf } from './how-far.js';

describe('How far the worker has come with a statement', () => {
  it('is a share where it is known of how much, and a count where it is not', () => {
    expect(howFar({ step: 'READING', done: 12_345, of: 50_000 })).toBe('24%');
    expect(howFar({ step: 'POSTING', done: 51_000, of: 50_000 })).toBe('100%');
    expect(howFar({ step: 'READING', done: 12_345, of: null })).toBe('12345 lines');
    expect([howFar(undefined), howFar({ step: 'READING', done: 0, of: null })]).toEqual(['', '']);
  });

  it('never fills its step of the bar before the step is done', () => {
    expect(partOf({ step: 'POSTING', done: 25_000, of: 50_000 })).toBe(0.5);
    expect(partOf({ step: 'POSTING', done: 50_000, of: 50_000 })).toBeLessThan(1);
    expect([
      partOf(undefined),
      partOf({ step: 'READING', done: 9, of: null }),
      partOf({ step: 'READING', done: 9, of: 0 }),
    ]).toEqual([0, 0, 0]);
  });
});
