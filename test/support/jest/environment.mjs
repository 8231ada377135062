// The environment of a spec file: the Node process itself, not a sandbox of its own. See runner.mjs.
import { mocker, startFile } from './process-state.mjs';

export default class ProcessEnvironment {
  global = globalThis;
  moduleMocker = mocker;
  fakeTimers = null;
  fakeTimersModern = null;
  #restore = startFile();

  getVmContext() {
    return globalThis;
  }

  async setup() {}

  async teardown() {
    this.#restore();
  }
}
