import { spawn } from 'node:child_process';

/**
 * Ends a server that this process started when this process ends in any way, `kill -9` included: a shell in a session
 * of its own waits for the end of a pipe that only this process holds, then signals. `PR_SET_PDEATHSIG` would be
 * shorter, but is Linux alone. Call the answer once the server has ended by itself, before its id can be used again.
 * `as` is the user that the server runs as.
 */
export function endWithThisProcess(
  pid: number,
  signal: 'INT' | 'QUIT' | 'TERM' | 'KILL',
  as: { uid?: number; gid?: number } = {},
): () => void {
  const kill = (): void => {
    try {
      process.kill(pid, `SIG${signal}`);
    } catch {
      // It has ended already.
    }
  };
  process.on('exit', kill);
  // The trap is against a terminal's Ctrl-C; `read` answers false at the end of the pipe.
  const guard = spawn('/bin/sh', ['-c', `trap '' INT HUP; read _ || kill -${signal} ${pid}`], {
    ...as,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: {},
  });
  guard.on('error', () => undefined);
  guard.unref();
  guard.stdin.on('error', () => undefined);
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
  return () => {
    process.off('exit', kill);
    guard.kill('SIGKILL');
  };
}
