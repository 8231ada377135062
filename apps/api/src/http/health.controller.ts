import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { TokenVerifier } from '@ringfence/identity';
import { Database, databaseNeed, live, ready, type Health } from '@ringfence/platform';
import type { FastifyReply } from 'fastify';
import { Public } from './request-context.js';

@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly verifier: TokenVerifier,
  ) {}

  @Get('live')
  live(): Health['body'] {
    return live.body;
  }

  @Get(['', 'ready'])
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health['body']> {
    const keys = { name: 'identity-provider', check: () => this.verifier.requireKeys() };
    const { status, body } = await ready([databaseNeed(this.database), keys]);
    void reply.status(status);
    return body;
  }
}
