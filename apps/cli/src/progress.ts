const barWidth = 24;

/**
 * How far a command has come, on standard error: one bar that is drawn over on a terminal, a line for each change of
 * what is said elsewhere.
 */
export class Progress {
  private said = '';
  private drawn = false;

  constructor(
    private readonly stepsMax: number,
    private readonly screen: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
  ) {}

  /**
   * `step` of the steps are done, parts of one included; `sentence` says what is being done now, `far` how far that is.
   * `far` changes all the time, so it is for a terminal alone: a log has one line for each sentence.
   */
  show(step: number, sentence: string, far = ''): void {
    if (this.screen.isTTY) {
      const done = Math.min(barWidth, Math.round((step / Math.max(1, this.stepsMax)) * barWidth));
      const text = far === '' ? sentence : `${sentence}, ${far}`;
      this.screen.write(`\r\u001b[K[${'#'.repeat(done)}${'.'.repeat(barWidth - done)}] ${text}`);
      this.drawn = true;
    } else if (sentence !== this.said) {
      this.screen.write(`${sentence}\n`);
    }
    this.said = sentence;
  }

  /** Takes the bar away, before something else is written. */
  clear(): void {
    if (this.drawn) this.screen.write('\r\u001b[K');
    this.drawn = false;
  }
}
