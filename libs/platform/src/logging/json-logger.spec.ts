import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { JsonLogger } from './json-logger.js';
import { withLogFacts } from './log-facts.js';

describe('a line of the log', () => {
  const lines: Record<string, unknown>[] = [];
  const take = (text: string | Uint8Array): boolean => {
    lines.push(JSON.parse(String(text)) as Record<string, unknown>);
    return true;
  };

  beforeEach(() => {
    lines.length = 0;
    for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation(take);
    Logger.overrideLogger(new JsonLogger('warn'));
  });
  afterEach(() => jest.restoreAllMocks());

  it('has the facts of the call and of the job that it belongs to', async () => {
    const logger = new Logger('files');
    await withLogFacts({ job: 'read-statement', jobId: '7' }, async () => {
      await Promise.resolve();
      logger.warn('Slow.', { ms: 5, jobId: 'of the call' });
    });
    logger.warn('Outside.');
    expect(lines).toMatchObject([
      { level: 'warn', context: 'files', message: 'Slow.', ms: 5, job: 'read-statement', jobId: '7' },
      { level: 'warn', context: 'files', message: 'Outside.' },
    ]);
    expect(lines[1]).not.toHaveProperty('jobId');
  });

  it('is left out above the level', () => {
    new Logger('files').log('Nothing.');
    expect(lines).toEqual([]);
  });

  it('says nothing of what a driver quotes in an error', () => {
    const error = Object.assign(new Error('duplicate key'), { detail: 'Key (email)=(jo@example.org) exists.' });
    new Logger('files').error(error);
    expect(lines).toMatchObject([{ level: 'error', message: 'duplicate key', context: 'files' }]);
    expect(JSON.stringify(lines)).not.toContain('jo@example.org');
  });
});
