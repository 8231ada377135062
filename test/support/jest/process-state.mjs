// What a spec file may change in the process that it shares with others, and how that is put back.
import { ModuleMocker } from 'jest-mock';

export const mocker = new ModuleMocker(globalThis);

const timeout = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** The part of Jest's object `jest` that works without a sandbox: there are no module mocks and no fake timers. */
export const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  mocked: (source) => source,
  isMockFunction: (value) => mocker.isMockFunction(value),
  clearAllMocks: () => (mocker.clearAllMocks(), jest),
  resetAllMocks: () => (mocker.resetAllMocks(), jest),
  restoreAllMocks: () => (mocker.restoreAllMocks(), jest),
  setTimeout: (ms) => ((globalThis[timeout] = ms), jest),
};

/** Notes the state of the process before a spec file; the function that it returns puts it back. */
export function startFile() {
  const { console } = globalThis;
  const { exit, exitCode } = process;
  const folder = process.cwd();
  const env = { ...process.env };
  return () => {
    mocker.restoreAllMocks();
    Object.assign(globalThis, { console });
    Object.assign(process, { exit, exitCode });
    if (process.cwd() !== folder) process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  };
}
