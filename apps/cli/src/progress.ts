const barWidth = 24;

/**
 * How far a command has come, on standard error: one bar that is drawn over on a terminal, a line for each change of
 * what is said elsewhere.
 */
export class Progress {
  private said = '';
  private drawn = false;

  constructor(private readonly stepsMax: number) {}

  /** `step` of the steps are done; `sentence` says what is being done now. */
  show(step: number, sentence: string): void {
    if (process.stderr.isTTY) {
      const done = Math.min(barWidth, Math.round((step / Math.max(1, this.stepsMax)) * barWidth));
      process.stderr.write(`\r\u001b[K[${'#'.repeat(done)}${'.'.repeat(barWidth - done)}] ${sentence}`);
      this.drawn = true;
    } else if (sentence !== this.said) {
      process.stderr.write(`${sentence}\n`);
    }
    this.said = sentence;
  }

  /** Takes the bar away, before something else is written. */
  clear(): void {
    if (this.drawn) process.stderr.write('\r\u001b[K');
    this.drawn = false;
  }
}
