import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWarning, readableLine, ServiceLog } from './service-log.js';

describe('the output of a service', () => {
  it.each([
    ['[Nest] 12 - LOG [Router] mapped', false],
    ['[Nest] 12 - WARN [Queue] slow', true],
    ['{"level":"log","message":"ERROR in a text"}', false],
    ['{"level":"error","message":"failed"}', true],
    ['{"level":"warn","message":"slow"}', true],
  ])('%s is a warning: %s', (line, expected) => expect(isWarning(line)).toBe(expected));

  it.each([
    ['Error: no port', 'Error: no port'],
    ['{"half":', '{"half":'],
    ['{"time":"2026-11-28T10:00:00.000Z","level":"log","pid":7,"message":"Swept."}', 'LOG Swept.'],
    [
      '{"level":"error","message":"failed","context":"api","stack":"Error: x\\n    at y","requestId":"7","tries":2}',
      'ERROR [api] failed (requestId 7, tries 2)\nError: x\n    at y',
    ],
  ])('%s is shown as %s', (line, expected) => expect(readableLine(line)).toBe(expected));

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
