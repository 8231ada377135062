/** Line numbers, counted from 1, for offsets that only grow. CRLF, LF and a lone CR each end a line. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let seen = 0;
  return (offset) => {
    for (; seen < offset; seen += 1) {
      const code = text.charCodeAt(seen);
      if (code === 10 || (code === 13 && text.charCodeAt(seen + 1) !== 10)) line += 1;
    }
    return line;
  };
}

/** Takes a line without its end, the end itself (empty at the end of the text) and its number, counted from 1. */
export type LineTaker = (text: string, end: string, line: number) => void;

/** The lines of a text that arrives in pieces, cut anywhere. CRLF, LF and a lone CR each end a line. */
export class TextLines {
  private rest: string[] = [];
  private line = 0;

  take(piece: string, give: LineTaker): void {
    // The piece that ends in CR waits for the LF that may follow; one without any end is part of a long line.
    if (this.rest.length > 0 && !this.rest.at(-1)?.endsWith('\r') && !/[\r\n]/.test(piece)) {
      this.rest.push(piece);
      return;
    }
    const text = this.rest.length === 0 ? piece : this.rest.join('') + piece;
    this.rest = [];
    let from = 0;
    let feed = text.indexOf('\n');
    let carriage = text.indexOf('\r');
    while (feed >= 0 || carriage >= 0) {
      if (carriage >= 0 && (feed < 0 || carriage < feed)) {
        if (carriage === text.length - 1) break;
        const both = feed === carriage + 1;
        this.line += 1;
        give(text.slice(from, carriage), both ? '\r\n' : '\r', this.line);
        from = carriage + (both ? 2 : 1);
        carriage = text.indexOf('\r', from);
        if (both) feed = text.indexOf('\n', from);
      } else {
        this.line += 1;
        give(text.slice(from, feed), '\n', this.line);
        from = feed + 1;
        feed = text.indexOf('\n', from);
      }
    }
    if (from < text.length) this.rest.push(text.slice(from));
  }

  end(give: LineTaker): void {
    const text = this.rest.join('');
    this.rest = [];
    if (text === '') return;
    this.line += 1;
    if (text.endsWith('\r')) give(text.slice(0, -1), '\r', this.line);
    else give(text, '', this.line);
  }
}
