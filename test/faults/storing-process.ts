import type { Problem } from '@ringfence/kernel';
import { FileStore } from '@ringfence/platform';

// Stores a large and a small file in the folder that is named, and tells a line of each: what became of it.
const files = new FileStore({ dataFolder: process.argv[2]! });
for (const bytes of [4_000_000, 1_000]) {
  const told = await files.store(Buffer.alloc(bytes, 'receipt')).then(
    () => ({ bytes, kept: true }),
    (error: unknown) => ({ bytes, code: (error as Problem).code, status: (error as Problem).status }),
  );
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
