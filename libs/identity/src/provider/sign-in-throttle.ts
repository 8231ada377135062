/** Wrong passwords for one email address that are borne within the window, whoever tries. */
export const failedSignInsMax = 5;
export const failedSignInWindowMinutes = 15;
export const throttledEmailsMax = 10_000;

/**
 * Counts wrong passwords per email address, whether or not the address is known, so that the answer does not tell.
 * Kept in memory: a restart forgets, which a demo can bear.
 */
export class SignInThrottle {
  private readonly failures = new Map<string, { count: number; until: number }>();

  constructor(private readonly nowMs: () => number = Date.now) {}

  blocked(email: string): boolean {
    const failed = this.failures.get(keyOf(email));
    return failed !== undefined && failed.until > this.nowMs() && failed.count >= failedSignInsMax;
  }

  failed(email: string): void {
    const key = keyOf(email);
    const held = this.failures.get(key);
    const running = held !== undefined && held.until > this.nowMs();
    const until = running ? held.until : this.nowMs() + failedSignInWindowMinutes * 60_000;
    this.failures.delete(key);
    this.failures.set(key, { count: running ? held.count + 1 : 1, until });
    if (this.failures.size > throttledEmailsMax) this.failures.delete(this.failures.keys().next().value!);
  }

  succeeded(email: string): void {
    this.failures.delete(keyOf(email));
  }
}

function keyOf(email: string): string {
  return email.trim().toLowerCase().slice(0, 320);
}
