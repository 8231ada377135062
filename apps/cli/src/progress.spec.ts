import { Progress } from './progress.js';

function screen(isTTY: boolean): { isTTY: boolean; written: string[]; write(text: string): boolean } {
  const written: string[] = [];
  return { isTTY, written, write: (text) => written.push(text) > 0 };
}

describe('How far a command has come', () => {
  it('is one bar on a terminal, drawn over, with how far it is', () => {
    const terminal = screen(true);
    const progress = new Progress(4, terminal);
    progress.show(1, 'may.csv: being read');
    progress.show(1.5, 'may.csv: being read', '50%');
    progress.clear();
    expect(terminal.written).toEqual([
      '\r\u001b[K[######..................] may.csv: being read',
      '\r\u001b[K[#########...............] may.csv: being read, 50%',
      '\r\u001b[K',
    ]);
  });

  it('is a line for each action in a log, and not for each percent', () => {
    const log = screen(false);
    const progress = new Progress(4, log);
    progress.show(1, 'may.csv: being read');
    progress.show(1.5, 'may.csv: being read', '50%');
    progress.show(1.9, 'may.csv: being read', '90%');
    progress.show(2, 'may.csv: being posted');
    progress.clear();
    expect(log.written).toEqual(['may.csv: being read\n', 'may.csv: being posted\n']);
  });
});
