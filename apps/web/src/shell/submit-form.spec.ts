import { Problem } from '@ringfence/kernel';
import type { FastifyReply } from 'fastify';
import { fieldError } from './errors.js';
import { submitForm, type FormSubmission } from './submit-form.js';

const submit = async (act: FormSubmission['act'], more: Partial<FormSubmission> = {}) => {
  const session: { flash?: string } = {};
  const seen: unknown[] = [];
  const reply = {
    request: { session },
    redirect: (path: string, status: number) => void seen.push([status, path]),
    header: (name: string, value: unknown) => void seen.push([name, value]),
  } as unknown as FastifyReply;
  const showAgain = async (refusal: unknown) => void seen.push(refusal);
  await submitForm(reply, { act, fields: ['file', 'amount'], showAgain, ...more });
  return { seen, session };
};
const refuse = (problem: unknown) => async () => {
  throw problem;
};

describe('A form', () => {
  it('leads on to the next page and says there what was done', async () => {
    expect(await submit(async () => ({ goTo: '/home', flash: 'Thank you.' }))).toEqual({
      seen: [[303, '/home']],
      session: { flash: 'Thank you.' },
    });
  });

  it('is shown again with each fault at its field, or at the first where it has none of its own', async () => {
    const text = 'Choose an amount.';
    expect((await submit(refuse(Problem.field('/parts/0/amount', text)))).seen).toEqual([
      { errors: fieldError('amount', text), status: 422 },
    ]);
    expect((await submit(refuse(new Problem('conflict', text)))).seen).toEqual([
      { errors: fieldError('file', text), status: 422 },
    ]);
  });

  it('says when to come again where it is refused only for now', async () => {
    const problem = new Problem('too-many-requests', 'Come back later.', { extensions: { retryAfterSeconds: 60 } });
    expect((await submit(refuse(problem))).seen).toEqual([
      ['retry-after', 60],
      { errors: fieldError('file', 'Come back later.'), status: 429 },
    ]);
  });

  it('says what of several things could not be done', async () => {
    const errors = fieldError('lines', 'One of the suggestions stays open.');
    expect(await submit(async () => ({ errors }))).toEqual({ seen: [{ errors, status: 422 }], session: {} });
  });

  it('leaves what its sender may not do, and what went wrong, to a page of its own', async () => {
    const forbidden = new Problem('not-permitted', 'This is for officers.');
    const missing = new Problem('not-found', 'It is not there.');
    const broken = new Error('broken');
    for (const error of [forbidden, missing, broken]) await expect(submit(refuse(error))).rejects.toBe(error);
    expect((await submit(refuse(missing), { showsNotFound: true })).seen).toEqual([
      { errors: fieldError('file', 'It is not there.'), status: 422 },
    ]);
  });
});
