import * as fs from 'fs';
import * as path from 'path';

const beatMs = 2000;
const staleMsMax = 15000;
const waitMsMax = 600000;

/**
 * Only one process installs or builds a folder at a time; another waits and then finds nothing to do. The holder
 * touches the file while it works, so that a lock left by a killed process is known by its age.
 */
export async function withSetupLock(root, say, work) {
  const folder = path.join(root, '.ringfence');
  const file = path.join(folder, 'setup.lock');
  fs.mkdirSync(folder, { recursive: true });
  const until = Date.now() + waitMsMax;
  for (let waited = false; !take(file); waited = true) {
    if (!waited) say('Another ringfence command is installing or building here: waiting for it.');
    if (Date.now() > until)
      throw new Error(`The lock ${file} is still held after ten minutes: remove it and try again.`);
    await new Promise((wake) => setTimeout(wake, 300));
  }
  const beating = setInterval(() => fs.utimes(file, new Date(), new Date(), () => undefined), beatMs);
  const drop = () => fs.rmSync(file, { force: true });
  process.on('exit', drop);
  try {
    return await work();
  } finally {
    clearInterval(beating);
    process.off('exit', drop);
    drop();
  }
}

function take(file) {
  try {
    fs.closeSync(fs.openSync(file, 'wx'));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    if (Date.now() - fs.statSync(file).mtimeMs > staleMsMax) fs.rmSync(file, { force: true });
  } catch {
    // It was released in between: the next turn takes it.
  }
  return false;
}
