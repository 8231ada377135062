import 'reflect-metadata';
import { ConfigError, endWithParent, readConfig } from '@ringfence/platform';
import { createWebApp } from './create-app.js';

endWithParent();
try {
  const config = readConfig();
  const app = await createWebApp(config);
  app.enableShutdownHooks();
  await app.listen(config.WEB_PORT, config.LISTEN_ADDRESS);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
