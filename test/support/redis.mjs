import getPort from 'get-port';
import { spawn, spawnSync } from 'node:child_process';

/** A Redis of its own under a folder, or undefined where this machine has none. It ends with this process. */
export async function startRedis(folder, port) {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  const { endWithThisProcess } = await import('../../libs/platform/src/processes/child-guard.ts');
  const settings = {
    port: port ?? (await getPort({ host: '127.0.0.1' })),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: 'ignore', detached: true });
  const ended = new Promise((done) => child.once('exit', done));
  const unguard = endWithThisProcess(child.pid, 'KILL');
  return {
    url: `redis://127.0.0.1:${settings.port}`,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      unguard();
    },
  };
}
