import { Type } from 'typebox';
import { choice, component, month, page } from '../http/schemas.js';

export const periodStates = ['CLOSED', 'OPEN'] as const;

export const period = component('Period', 'An accounting month', {
  month: month('The month'),
  financialYear: Type.String({ description: 'From April to March', example: '2026-27' }),
  state: choice(periodStates, 'Nothing is posted into a closed month'),
});
export const periods = page(period);
