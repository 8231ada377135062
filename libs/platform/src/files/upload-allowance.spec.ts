import type { Problem } from '@ringfence/kernel';
import { requireAllowance, type Sent, type UploadLimits } from './upload-allowance.js';

const limits: UploadLimits = {
  UPLOADS_PER_DAY_MAX: 10,
  UPLOAD_MEBIBYTES_PER_DAY_MAX: 20,
  AUTHORITY_UPLOADS_PER_DAY_MAX: 30,
  AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX: 40,
  UPLOAD_MEBIBYTES_UNUSED_MAX: 5,
};
const mebibyte = 1024 * 1024;
const atTheLimits: Sent = {
  files: 10,
  bytes: 20 * mebibyte,
  authorityFiles: 30,
  authorityBytes: 40 * mebibyte,
  unusedBytes: 5 * mebibyte,
};

function refusal(sent: Partial<Sent>, now = '2026-06-15T09:00:00Z'): Problem {
  try {
    requireAllowance({ ...atTheLimits, ...sent }, limits, new Date(now));
  } catch (error) {
    return error as Problem;
  }
  throw new Error('It was allowed.');
}

describe('what may be sent in a day', () => {
  it('is as much as each limit says', () => {
    expect(() => requireAllowance(atTheLimits, limits, new Date('2026-06-15T09:00:00Z'))).not.toThrow();
  });

  it.each<[string, Partial<Sent>, string]>([
    ['another file', { files: 11 }, 'You have sent 10 files today, as many as one sender may: send this one tomorrow.'],
    [
      'another byte',
      { bytes: 20 * mebibyte + 1 },
      'With this file you would have sent more than 20 MiB today, as much as one sender may: send it tomorrow.',
    ],
    [
      'another file of the authority',
      { authorityFiles: 31 },
      'The authority has been sent 30 files today, as many as it takes in a day: send this one tomorrow.',
    ],
    [
      'another byte of the authority',
      { authorityBytes: 40 * mebibyte + 1 },
      'With this file the authority would have been sent more than 40 MiB today, as much as it takes in a day: send it tomorrow.',
    ],
    [
      'another byte that nothing needs',
      { unusedBytes: 5 * mebibyte + 1 },
      'In the last 30 days you sent more than 5 MiB that were never posted: post those statements first, or send this file later.',
    ],
  ])('is not more: %s', (_, sent, sentence) => {
    expect(refusal(sent)).toMatchObject({ code: 'too-many-requests', message: sentence });
  });

  it('begins anew at midnight in London, summer and winter', () => {
    expect(refusal({ files: 11 }, '2026-06-15T22:59:00Z').extensions).toEqual({ retryAfterSeconds: 60 });
    expect(refusal({ files: 11 }, '2026-12-15T22:59:00Z').extensions).toEqual({ retryAfterSeconds: 3660 });
  });
});
