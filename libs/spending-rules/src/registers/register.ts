/** The registers that a deployment imports: ODS files of the NHS, and the card schemes' merchant codes. */
export const registerNames = ['gp', 'dental', 'pharmacy', 'mcc'] as const;
export type RegisterName = (typeof registerNames)[number];

/** What a site of a register is to the rules: the kind under which a rule lists the payees that it is about. */
export const kindOfRegister = {
  gp: 'gp-practice',
  dental: 'dental-site',
  pharmacy: 'pharmacy',
} as const satisfies Partial<Record<RegisterName, string>>;

export type SiteRegister = keyof typeof kindOfRegister;

/** One row: a site with the places of its address, or a merchant code with its meaning as the name. */
export interface RegisterRow {
  readonly code: string;
  readonly name: string;
  /** Towns and counties of the address, as far as they can be told from streets; none for a merchant code. */
  readonly places: readonly string[];
}

export const registerTitles: Readonly<Record<RegisterName, string>> = {
  gp: 'NHS register of GP practices',
  dental: 'NHS register of dental sites',
  pharmacy: 'NHS register of pharmacies',
  mcc: 'list of merchant codes',
};
