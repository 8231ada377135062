/** The funding streams (domain: five regimes, five owners of the money). */
export const fundingStreams = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT'] as const;
export type FundingStream = (typeof fundingStreams)[number];

/** In the ledger money may also be the family's own, or not yet allocated. */
export type LedgerStream = FundingStream | 'FAMILY' | 'UNALLOCATED';

/** What each stream is called on a page. */
export const streamNames: Readonly<Record<LedgerStream, string>> = {
  EDU: 'Education',
  HEALTH: 'Health',
  SOCIAL_CHILD: 'Social care (under 18)',
  SOCIAL_ADULT: 'Social care (adult)',
  TRANSPORT: 'Travel',
  FAMILY: 'Family’s own money',
  UNALLOCATED: 'Unallocated',
};
