import { answer, month, oneOf, page, text } from '../http/shapes.js';

export const periodStates = ['CLOSED', 'OPEN'] as const;

export const period = answer('Period', 'An accounting month', {
  month: month('The month'),
  financialYear: text('From April to March', '2026-27'),
  state: oneOf(periodStates, 'Nothing is posted into a closed month'),
});
export const periods = page(period);
