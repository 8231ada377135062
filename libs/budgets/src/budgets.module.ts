import { Module } from '@nestjs/common';
import { AccountRegister } from './account-register.js';
import { BudgetReader } from './budget-reader.js';
import { BudgetRegister } from './budget-register.js';
import { BudgetImport } from './import/budget-import.js';
import { InstalmentRegister } from './instalment-register.js';
import { PayeeRegister } from './payee-register.js';
import { PlanRegister } from './plan-register.js';

const services = [
  PlanRegister,
  BudgetRegister,
  AccountRegister,
  InstalmentRegister,
  PayeeRegister,
  BudgetReader,
  BudgetImport,
];

@Module({ providers: services, exports: services })
export class BudgetsModule {}
