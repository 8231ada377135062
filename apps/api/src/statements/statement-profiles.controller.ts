import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { parseJson } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { profileSampleBytesMax, StatementProfiles } from '@ringfence/statements';
import type { FastifyRequest } from 'fastify';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { readForm } from '../http/upload.js';
import {
  statementProfile,
  statementProfileAdded,
  statementProfileRetired,
  statementProfiles,
  statementProfileTrial,
} from './statement-profiles.responses.js';
import { RetireProfileDto, StatementProfileDto } from './statement-profiles.dto.js';
import { presentProfile, presentTrial } from './statement-profiles.presenter.js';

const sampleForm = {
  type: 'object',
  required: ['profile', 'file'],
  properties: {
    profile: { type: 'string', description: 'The layout, as JSON' },
    file: { type: 'string', format: 'binary', description: 'A CSV or XLSX file, one MiB at most' },
  },
};

/** Layouts of statement files that the authority describes itself, in versions. */
@ApiTags('statements')
@ApiBearerAuth()
@Controller('statement-profiles')
export class StatementProfilesController {
  constructor(private readonly profiles: StatementProfiles) {}

  @Get()
  @ApiOperation({ summary: 'The authority’s own layouts of statement files, every version, the newest first' })
  @Returns(200, statementProfiles)
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: (await this.profiles.list(principal)).map(presentProfile), nextCursor: null };
  }

  @Post()
  @ApiOperation({ summary: 'Add a layout, or the next version of the one of its name; it reads from now on' })
  @Repeatable()
  @Returns(201, statementProfileAdded)
  add(
    @CurrentPrincipal() principal: Principal,
    @Body() body: StatementProfileDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.profiles.add(principal, body, request);
  }

  @Post('trial')
  @ApiOperation({ summary: 'Read a sample file by a layout as it stands; nothing is recorded' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: sampleForm })
  @Returns(200, statementProfileTrial)
  async try(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    this.profiles.authoriseTrial(principal);
    const { fields, file } = await readForm(request, { bytesMax: profileSampleBytesMax });
    return presentTrial(await this.profiles.try(principal, { profile: parsed(fields['profile']), bytes: file }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One version of a layout' })
  @Returns(200, statementProfile)
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentProfile(await this.profiles.view(principal, id));
  }

  @Post(':id/retirement')
  @ApiOperation({ summary: 'Let a layout read no file from a day on' })
  @Repeatable()
  @Returns(200, statementProfileRetired)
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RetireProfileDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.profiles.retire(principal, id, body.retiredOn, request);
  }
}

/** What is no JSON object stays a text, which the reading of profiles refuses in its words. */
function parsed(text: string | undefined): unknown {
  return text?.trimStart().startsWith('{') ? parseJson(text, { pointer: '/profile' }) : text;
}
