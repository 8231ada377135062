import { Problem } from '@ringfence/kernel';
import { fieldError, formErrors } from './errors.js';

describe('The errors of a form', () => {
  it('lead from the summary to the input, and name the field in words', () => {
    const problem = Problem.field('/amount', '/amount is "twelve": write pounds and pence such as "12.34".');
    expect(formErrors(problem, ['file', 'amount'])).toEqual(
      fieldError('amount', 'The amount is "twelve": write pounds and pence such as "12.34".'),
    );
  });

  it('show at the first field what belongs to none of them', () => {
    const problem = new Problem('conflict', 'The account was closed on 1 May 2026: choose another.');
    expect(formErrors(problem, ['file', 'account'])).toEqual(
      fieldError('file', 'The account was closed on 1 May 2026: choose another.'),
    );
  });

  it('find the input of a fault that lies deep in the request', () => {
    const problem = Problem.field(
      '/parts/0/target/serviceDate',
      '/parts/0/target/serviceDate is 2025-01-01: choose the line of that time.',
    );
    expect(formErrors(problem, ['target', 'serviceDate'])).toEqual(
      fieldError('serviceDate', 'The date of the service is 2025-01-01: choose the line of that time.'),
    );
  });
});
