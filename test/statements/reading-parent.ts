import 'reflect-metadata';
import { StatementReader } from '@ringfence/statements';
import { longSheet } from './hostile-files.js';

// Says when it begins to read a file that takes seconds, and waits to be killed.
const reader = new StatementReader();
const reading = reader.readFile(longSheet(45_000));
process.stdout.write('reading\n');
await reading;
await new Promise(() => setInterval(() => undefined, 1_000));
