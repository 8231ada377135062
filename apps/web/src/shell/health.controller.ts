import { Controller, Get } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Database } from '@ringfence/platform';

@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  /** Answers once the database does. */
  @Get()
  @RouteConfig({ open: true })
  async health(): Promise<{ status: 'ok' }> {
    await this.database.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }
}
