// Jest begins with the files that took long the last time. Where it has not run yet, as in a new clone, it goes by their
// size: then these come first, so that no worker is left alone with one of them in the end.
import Sequencer from '@jest/test-sequencer';

const long = [
  'test/system/every-id.spec.ts',
  'test/demo/demo.spec.ts',
  'test/web/every-page.spec.ts',
  'test/faults/hostile-files.spec.ts',
  'test/queue/jobs.spec.ts',
  'test/browser/pages.spec.ts',
  'test/faults/embedded-server.spec.ts',
  'test/cli/statement-import.spec.ts',
  'test/cli/provider.spec.ts',
  'test/statements/reading-apart.spec.ts',
];

export default class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const first = long.flatMap((path) =>
      sorted.filter((test) => test.duration === undefined && test.path.endsWith(`/${path}`)),
    );
    return [...first, ...sorted.filter((test) => !first.includes(test))];
  }
}
