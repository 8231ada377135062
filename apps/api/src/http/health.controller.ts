import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Database } from '@ringfence/platform';
import { Public } from './request-context.js';

@ApiExcludeController()
@Controller({ path: 'health' })
export class HealthController {
  constructor(private readonly database: Database) {}

  @Public()
  @Get()
  async health(): Promise<{ status: 'ok' }> {
    await this.database.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }
}
