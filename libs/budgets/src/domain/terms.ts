/** The field's own words (domain glossary), as they stand in the database, the API and the import. */

export const payerKinds = ['LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD'] as const;
export type PayerKind = (typeof payerKinds)[number];

export const planKinds = [
  'EHC_PLAN',
  'NHS_CARE_PLAN',
  'CHILD_IN_NEED_PLAN',
  'ADULT_CARE_AND_SUPPORT_PLAN',
  'INDIVIDUAL_SUPPORT_PLAN',
] as const;
export type PlanKind = (typeof planKinds)[number];

/** `THIRD_PARTY` is cash too; `ORGANISED` ("notional") is a commitment without any. A combination is never stored. */
export const deliveryMechanisms = ['DIRECT_PAYMENT', 'ORGANISED', 'THIRD_PARTY'] as const;
export type DeliveryMechanism = (typeof deliveryMechanisms)[number];

/** Who holds the money, apart from how it is delivered: councils use the same word for different mechanisms. */
export const holders = [
  'FAMILY',
  'LOCAL_AUTHORITY',
  'INTEGRATED_CARE_BOARD',
  'SCHOOL',
  'ORGANISATION',
  'INDIVIDUAL',
] as const;
export type Holder = (typeof holders)[number];

export const planSections = ['F', 'G', 'H1', 'H2', 'J', 'OTHER'] as const;
export type PlanSection = (typeof planSections)[number];

export const instalmentKinds = ['REGULAR', 'ONE_OFF', 'START_UP', 'ARREARS', 'UPLIFT', 'CONTINGENCY'] as const;
export type InstalmentKind = (typeof instalmentKinds)[number];

export const frequencies = ['FOUR_WEEKLY', 'MONTHLY', 'TERMLY', 'ONE_OFF'] as const;
export type Frequency = (typeof frequencies)[number];

export const accountKinds = ['OWN_BANK', 'PREPAID_CARD', 'MANAGED'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** A kind is what a person has confirmed: the spending rules trust it more than a name on a bank line. */
export const payeeKinds = [
  'PERSONAL_ASSISTANT',
  'AGENCY',
  'CHILDMINDER',
  'THERAPIST',
  'CLUB',
  'SCHOOL',
  'SHOP',
  'INSURER',
  'PAYROLL_BUREAU',
  'HMRC',
  'PENSION_PROVIDER',
  'GP_PRACTICE',
  'DENTAL_SITE',
  'PHARMACY',
  'OPTICIAN',
  'PRIVATE_HOSPITAL',
  'TRAVEL_CLINIC',
  'CARE_HOME',
  'COUNCIL',
  'MARKETPLACE',
  'BLOCK_CONTRACT_PROVIDER',
  'VET',
  'TREE_SURGEON',
  'OTHER',
] as const;
export type PayeeKind = (typeof payeeKinds)[number];

/** Two different tests: the recipient's household for social care and health, the child's for the council's policy. */
export const livesWithKinds = ['CHILD', 'RECIPIENT'] as const;
export type LivesWith = (typeof livesWithKinds)[number];
