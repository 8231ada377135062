import { live, ready } from './health.js';

const there = { name: 'database', check: () => Promise.resolve() };
const gone = { name: 'queue', check: () => Promise.reject(new Error('connect ECONNREFUSED')) };

describe('the health of a process', () => {
  it('is live whatever is missing', () => {
    expect(live).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('is ready where everything that it needs answers', async () => {
    expect(await ready([there])).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('names what is missing, and tells no more of it', async () => {
    expect(await ready([there, gone])).toEqual({ status: 503, body: { status: 'unavailable', missing: ['queue'] } });
  });

  it('does not wait for what does not answer', async () => {
    const silent = { name: 'database', check: () => new Promise<void>(() => undefined) };
    expect(await ready([silent], 10)).toMatchObject({ status: 503, body: { missing: ['database'] } });
  });
});
