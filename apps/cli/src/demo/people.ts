import type { AuthorityKey } from './scenario.js';

/** One password for everybody of the demo: it guards nothing, and is printed. */
export const demoPassword = 'fernshire-demo';

export interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly role: 'APPROVER' | 'FINANCE_OFFICER' | 'PLAN_COORDINATOR' | 'AUDITOR';
  readonly says: string;
}

export interface AuthorityScenario {
  readonly key: AuthorityKey;
  readonly name: string;
  readonly kind: 'LOCAL_AUTHORITY' | 'INTEGRATED_CARE_BOARD';
  readonly code: string;
  readonly approver: Colleague;
  readonly colleagues: readonly Colleague[];
  /** The other payer whose money this authority's budgets carry. */
  readonly otherPayer: { readonly name: string; readonly kind: AuthorityScenario['kind']; readonly code: string };
}

const council = { name: 'Fernshire County Council', kind: 'LOCAL_AUTHORITY', code: 'FERNSHIRE' } as const;
const board = {
  name: 'Fernshire and Vale Integrated Care Board',
  kind: 'INTEGRATED_CARE_BOARD',
  code: 'FERNSHIRE-VALE',
} as const;

/** Two authorities that do not exist, and who works there. */
export const authorities: readonly AuthorityScenario[] = [
  {
    key: 'council',
    ...council,
    otherPayer: board,
    approver: {
      name: 'Helen Marsh',
      email: 'helen.marsh@fernshire.example',
      role: 'APPROVER',
      says: 'Head of service at the council: lets people in, approves exceptions',
    },
    colleagues: [
      {
        name: 'Ruth Calloway',
        email: 'ruth.calloway@fernshire.example',
        role: 'FINANCE_OFFICER',
        says: 'Finance officer at the council: the work list',
      },
      {
        name: 'Tom Adeyemi',
        email: 'tom.adeyemi@fernshire.example',
        role: 'PLAN_COORDINATOR',
        says: 'Plan co-ordinator at the council: plans and reviews',
      },
      {
        name: 'Ines Duarte',
        email: 'ines.duarte@fernshire.example',
        role: 'AUDITOR',
        says: 'Auditor: reads everything, changes nothing',
      },
    ],
  },
  {
    key: 'icb',
    ...board,
    otherPayer: council,
    approver: {
      name: 'Alan Whitlock',
      email: 'alan.whitlock@fernshire-vale.example',
      role: 'APPROVER',
      says: 'Head of personal health budgets at the ICB',
    },
    colleagues: [
      {
        name: 'Beatrice Nkemelu',
        email: 'beatrice.nkemelu@fernshire-vale.example',
        role: 'FINANCE_OFFICER',
        says: 'Finance officer at the ICB',
      },
      {
        name: 'Gareth Pugh',
        email: 'gareth.pugh@fernshire-vale.example',
        role: 'PLAN_COORDINATOR',
        says: 'Plan co-ordinator at the ICB: plans and reviews',
      },
    ],
  },
];

export interface OrganisationScenario {
  readonly key: string;
  readonly authority: AuthorityKey;
  readonly name: string;
  readonly kind: 'PAYROLL_BUREAU' | 'MANAGED_ACCOUNT_PROVIDER';
  /** How its machine signs in. */
  readonly client?: { readonly id: string; readonly secret: string } | undefined;
  readonly person?: { readonly name: string; readonly email: string; readonly says: string } | undefined;
}

export const organisations: readonly OrganisationScenario[] = [
  {
    key: 'tallis',
    authority: 'council',
    name: 'Tallis Payroll',
    kind: 'PAYROLL_BUREAU',
    client: { id: 'tallis-payroll', secret: 'tallis-demo-secret' },
  },
  {
    key: 'brightwater',
    authority: 'icb',
    name: 'Brightwater Payroll Bureau',
    kind: 'PAYROLL_BUREAU',
    client: { id: 'brightwater-payroll', secret: 'brightwater-demo-secret' },
  },
  {
    key: 'anchorage',
    authority: 'icb',
    name: 'Anchorage Managed Accounts',
    kind: 'MANAGED_ACCOUNT_PROVIDER',
    person: {
      name: 'Moira Tan',
      email: 'moira.tan@anchorage.example',
      says: 'Holds Lisa’s money at Anchorage and uploads its statements',
    },
  },
];
