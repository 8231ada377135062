import { may, seesWholeAuthority, type Principal } from '@ringfence/identity';

export interface NavigationItem {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** Where somebody's work begins: officers at the list of everything, families at their own budgets. */
export function homeOf(principal: Principal): string {
  return seesWholeAuthority(principal) ? '/work-list' : '/home';
}

export function navigationFor(principal: Principal, path: string): NavigationItem[] {
  const item = (text: string, href: string): NavigationItem => ({
    text,
    href,
    current: path === href || path.startsWith(`${href}/`),
  });
  if (seesWholeAuthority(principal)) return [item('Work list', '/work-list')];
  return may(principal, 'budgets.read') ? [item('Your budgets', '/home')] : [];
}
