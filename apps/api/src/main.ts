import 'reflect-metadata';
import { SystemClock } from '@ringfence/kernel';
import { endWithParent, readConfig } from '@ringfence/platform';
import { createApiApp } from './create-app.js';

endWithParent();
const config = readConfig();
const app = await createApiApp(config, new SystemClock());
await app.listen(config.API_PORT, config.LISTEN_ADDRESS);
