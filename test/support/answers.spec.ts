import { answerCheck } from './answers.js';
import { startApi, type Answer, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 60_000);
afterAll(() => api?.stop());

const payer = { id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0001', name: 'Oakshire', kind: 'LOCAL_AUTHORITY', code: 'OA' };

function answered(body: unknown, changes: Partial<Answer> = {}): Answer {
  const bytes = Buffer.from(JSON.stringify(body));
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body, bytes, ...changes };
}

describe('the check of answers against the description', () => {
  const check = (answer: Answer, path = '/v1/payers?limit=1') => answerCheck(api)('GET', path, answer);

  it('accepts an answer that fits the description', () => {
    expect(() => check(answered({ items: [payer], nextCursor: null }))).not.toThrow();
  });

  it('refuses a missing field, an undescribed field and a field of another type', () => {
    const { code: _, ...without } = payer;
    expect(() => check(answered({ items: [without], nextCursor: null }))).toThrow("required property 'code'");
    expect(() => check(answered({ items: [{ ...payer, colour: 'red' }], nextCursor: null }))).toThrow('colour');
    expect(() => check(answered({ items: [{ ...payer, kind: 'CLUB' }], nextCursor: null }))).toThrow('/items/0/kind');
    expect(() => check(answered({ items: [{ ...payer, id: '7' }], nextCursor: null }))).toThrow('/items/0/id');
  });

  it('refuses a status and a content type that are not described', () => {
    expect(() => check(answered({ items: [], nextCursor: null }, { status: 201 }))).toThrow('it answered 201');
    expect(() => check(answered('', { headers: { 'content-type': 'text/html' } }))).toThrow('text/html');
  });

  it('ignores refusals, and paths that are no operation of the API', () => {
    expect(() => check(answered({}, { status: 404 }))).not.toThrow();
    expect(() => check(answered({}), '/health')).not.toThrow();
  });
});
