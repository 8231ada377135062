import { accountWarningKind, accountWarningKinds } from './account-warning-kinds.js';
import { AccountWatch, type WatchedAccount, type WatchedLine } from './account-warnings.js';

const account: WatchedAccount = {
  kind: 'OWN_BANK',
  sortCode: '309950',
  accountNumber: '12345678',
  ownNames: ['Rosa Maria Perez'],
  payeeNames: ['Anna Smith', 'A SMITH PA', 'Fairpay Bureau', 'Oak Tree Energy Therapies'],
  otherAccounts: ['60830112345678'],
};

const line = (description: string, pounds: number, more: Partial<WatchedLine> = {}): WatchedLine => ({
  amountPence: BigInt(pounds) * 100n,
  balancePence: null,
  description,
  kind: null,
  mcc: null,
  ...more,
});

/** What a line raises, by code. */
function raised(description: string, pounds: number, more: Partial<WatchedLine> = {}, of = account): string[] {
  const seen = new AccountWatch(of).see(line(description, pounds, more));
  return seen ? [seen.code] : [];
}

describe('what a separate account shows', () => {
  it.each<[string, string, number, Partial<WatchedLine>?]>([
    ['BENEFITS_IN', 'DWP UC 0044881', 340],
    ['BENEFITS_IN', 'HMRC CHILD BENEFIT', 25],
    ['BENEFITS_IN', 'OAKSHIRE CC HOUSING BENEFIT', 120],
    ['BENEFITS_IN', 'DISABILITY LIVING ALLOWANCE', 110],
    ['WAGES_IN', 'ACME STORES LTD SALARY', 1200],
    ['WAGES_IN', 'BACS OAKSHIRE CC PAYROLL', 900],
    ['CASH_IN', 'CASH PAID IN AT LEEDS', 50],
    ['CASH_IN', 'POST OFFICE COUNTER DEPOSIT', 50],
    ['CASH_IN', 'LEEDS BRANCH', 50, { kind: 'CSH' }],
    ['FROM_OWN_ACCOUNT', 'TRANSFER FROM SAVINGS', 50],
    ['FROM_OWN_ACCOUNT', 'FPI ROSA PEREZ', 50],
    ['FROM_OWN_ACCOUNT', 'MRS R M PEREZ REPAYMENT', 50],
    ['FROM_OWN_ACCOUNT', 'TFR 30-99-50 87654321', 50],
    ['TO_SAVINGS', 'TRANSFER TO SAVINGS', -50],
    ['TO_SAVINGS', 'Rainy day', -50, { kind: 'Pot transfer' }],
    ['TO_OWN_ACCOUNT', 'STANDING ORDER TO R PEREZ', -50],
    ['TO_OWN_ACCOUNT', 'PEREZ R', -50],
    ['TO_OWN_ACCOUNT', 'FASTER PAYMENT TO MISS ROSA MARIA PEREZ SHOPPING', -50],
    ['TO_OWN_ACCOUNT', 'BILL PAYMENT 309950 87654321', -50],
    ['CASH_OUT', 'CASH NOTEMACHINE LEEDS', -20],
    ['CASH_OUT', 'HIGH STREET LEEDS', -20, { mcc: '6011' }],
    ['CASH_OUT', 'HIGH STREET LEEDS', -20, { kind: 'CPT' }],
    ['HOUSEHOLD_BILL', 'DIRECT DEBIT OAKSHIRE COUNCIL TAX', -140],
    ['HOUSEHOLD_BILL', 'E.ON NEXT LTD', -90],
    ['HOUSEHOLD_BILL', 'SEVERN TRENT', -40],
    ['HOUSEHOLD_BILL', 'TV LICENCE MBP', -14],
    ['HOUSEHOLD_BILL', 'DD SKY DIGITAL', -40],
    ['HOUSEHOLD_BILL', 'NORTHTOWN HOMES RENT', -600],
    ['HOUSEHOLD_BILL', 'HALIFAX MORTGAGE', -700],
    ['HOUSEHOLD_BILL', 'MORE THAN CAR INSURANCE', -30],
    ['HOUSEHOLD_BILL', 'ELLAND ROAD', -30, { mcc: '4900' }],
  ])('asks %s of “%s” (%d)', (code, description, pounds, more = {}) => {
    expect(raised(description, pounds, more)).toEqual([code]);
  });

  it.each<[string, string, number, Partial<WatchedLine>?]>([
    ['a charity with the word in its name', 'CHILDRENS BENEFIT CONCERT', 20],
    ['a charity that gives', 'BENEVOLENT FUND GRANT', 200],
    ['a law firm', 'DLA PIPER REFUND', 20],
    ['a grant for work support', 'DWP ACCESS TO WORK', 400],
    ['the council’s own payment', 'OAKSHIRE COUNTY COUNCIL DP ROSA PEREZ', 480],
    ['a rebate to an employer', 'HMRC PAYE REFUND', 30],
    ['wages that go out to an assistant', 'BACS B JONES WAGES', -300],
    ['wages that come back', 'RETURNED WAGES B JONES', 300],
    ['wages that a known assistant gives back', 'A SMITH PA WAGES', 300],
    ['a reward for shopping', 'CASHBACK EARNED', 3],
    ['a shop that buys', 'CASH CONVERTERS', 20],
    ['interest', 'INTEREST FROM SAVINGS', 1],
    ['a name further back, as a reference', 'NEST PENSION R PEREZ', -40],
    ['somebody of the same surname', 'J PEREZ', -40],
    ['a place whose name ends so', 'CAFE AT TRENT BRIDGE', -8],
    ['a room for a club', 'VILLAGE HALL RENT', -40],
    ['the insurance that an employer needs', 'EMPLOYERS LIABILITY INSURANCE', -90],
    ['a concert', 'O2 ACADEMY LEEDS', -30],
    ['a trampoline park', 'SKY HIGH TRAMPOLINE', -12],
    ['a payee that was agreed', 'OAK TREE ENERGY THERAPIES GAS BILL', -12],
    ['a wholesaler', 'CASH AND CARRY LEEDS', -30],
    ['shopping with stamps', 'TESCO CLUBCARD SAVINGS', -5],
    ['money from the account that the card provider closed', '60-83-01 12345678 BALANCE FROM SAVINGS', 300],
    ['a transfer that names the account itself', 'TFR 309950 12345678', 50],
    ['gambling, which the spending rules check', 'BET365', -5, { mcc: '7995' }],
    ['a note of nothing', 'COUNCIL TAX', 0],
  ])('does not ask about %s: “%s”', (_, description, pounds, more = {}) => {
    expect(raised(description, pounds, more)).toEqual([]);
  });

  it('remembers that the balance was a penny below zero, and not that it was zero', () => {
    const watch = new AccountWatch(account);
    for (const balancePence of [100n, 0n, null]) watch.see(line('SWIM CLUB', -1, { balancePence }));
    expect(watch.wentBelowZero).toBe(false);
    watch.see(line('SWIM CLUB', -1, { balancePence: -1n }));
    expect(watch.wentBelowZero).toBe(true);
  });

  it('asks of a managed account only what concerns it: its money need not be kept apart', () => {
    const managed = { ...account, kind: 'MANAGED' as const };
    expect(raised('DWP UC', 340, {}, managed)).toEqual([]);
    expect(raised('COUNCIL TAX', -340, {}, managed)).toEqual([]);
    expect(raised('R PEREZ', -340, {}, managed)).toEqual(['TO_OWN_ACCOUNT']);
  });

  it('takes initials for nobody where a known payee bears them too', () => {
    const shared = { ...account, payeeNames: ['Ruth Perez'] };
    expect(raised('R PEREZ', -40, {}, shared)).toEqual([]);
    expect(raised('ROSA PEREZ', -40, {}, shared)).toEqual(['TO_OWN_ACCOUNT']);
    expect(raised('RUTH PEREZ', -40, {}, shared)).toEqual([]);
  });

  it('says what was seen', () => {
    const seen = new AccountWatch(account).see(line('DIRECT DEBIT OAKSHIRE COUNCIL TAX', -140));
    expect(seen).toEqual({ code: 'HOUSEHOLD_BILL', subject: 'council tax' });
  });

  it('has for every kind a question that ends as one, and a source', () => {
    for (const kind of accountWarningKinds) {
      expect(kind.question).toMatch(/\?$/);
      expect(kind.source.length).toBeGreaterThan(10);
      expect(accountWarningKind(kind.code)).toBe(kind);
    }
  });
});
