import { Controller, Get, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Database, databaseNeed, live, ready, type Health } from '@ringfence/platform';
import type { FastifyReply } from 'fastify';
import { IdentityProvider } from '../sign-in/identity-provider.js';

@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly provider: IdentityProvider,
  ) {}

  @Get('live')
  @RouteConfig({ open: true })
  live(): Health['body'] {
    return live.body;
  }

  @Get(['', 'ready'])
  @RouteConfig({ open: true })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health['body']> {
    const provider = { name: 'identity-provider', check: () => this.provider.requireMetadata() };
    const { status, body } = await ready([databaseNeed(this.database), provider]);
    void reply.status(status);
    return body;
  }
}
