import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@ringfence/kernel';
import type { DataSourceOptions } from 'typeorm';
import { Config } from './config.js';
import { appDataSource } from './database/data-source.js';
import { Database } from './database/database.js';
import { FileStore } from './files/file-store.js';
import { Uploads } from './files/uploads.js';

/** What every app gives its services: the configuration, the clock, the database and the files. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(config: Config, clock: Clock, entities: NonNullable<DataSourceOptions['entities']>): DynamicModule {
    const database = {
      provide: Database,
      useFactory: async () => new Database(await appDataSource(config, entities).initialize(), clock),
    };
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: FileStore, useValue: new FileStore(config) },
        database,
        Uploads,
      ],
      exports: [Config, Clock, FileStore, Database, Uploads],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
