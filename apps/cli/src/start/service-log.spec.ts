import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWarning, ServiceLog } from './service-log.js';

describe('the output of a service', () => {
  it.each([
    ['[Nest] 12 - LOG [Router] mapped', false],
    ['[Nest] 12 - WARN [Queue] slow', true],
    ['{"level":30,"msg":"ERROR in a text"}', false],
    ['{"level":50,"msg":"failed"}', true],
    ['{"level":"warn","message":"slow"}', true],
  ])('%s is a warning: %s', (line, expected) => expect(isWarning(line)).toBe(expected));

  it('goes to a file whole, and its warnings to the terminal under its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringfence-log-'));
    const shown: string[] = [];
    const log = new ServiceLog('api', folder, (line) => shown.push(line));
    log.take(Buffer.from('one\ntw'));
    log.take(Buffer.from('o WARN\nthree'));
    log.close();
    expect(readFileSync(log.file, 'utf8')).toBe('one\ntwo WARN\nthree\n');
    expect(shown).toEqual(['api: two WARN']);
    expect(log.lastLines()).toBe('  one\n  two WARN\n  three');
    rmSync(folder, { recursive: true });
  });
});
