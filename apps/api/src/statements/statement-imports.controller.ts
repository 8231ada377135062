import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireId } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { statementFileBytesMax, StatementImports } from '@ringfence/statements';
import type { FastifyRequest } from 'fastify';
import { decodeCursor, pageOf, PageQuery } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { readUpload } from '../http/upload.js';
import { CommitImportDto, ImportsQuery } from './statement-imports.dto.js';
import { presentImport, presentPreviewLine } from './statement-imports.presenter.js';

const repeatable = { name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' };
const form = {
  type: 'object',
  required: ['designatedAccountId', 'file'],
  properties: {
    designatedAccountId: { type: 'string', format: 'uuid' },
    profile: { type: 'string', description: 'The bank’s layout, only where the file does not tell' },
    file: { type: 'string', format: 'binary' },
  },
};

@ApiTags('statements')
@ApiBearerAuth()
@Controller('statement-imports')
export class StatementImportsController {
  constructor(private readonly imports: StatementImports) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Upload a statement; a job reads it and makes a preview' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: form })
  @ApiHeader(repeatable)
  async receive(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    const upload = await readUpload(request, statementFileBytesMax);
    const designatedAccountId = requireId(upload.fields['designatedAccountId'], '/designatedAccountId');
    const { fileName, bytes } = upload;
    return this.imports.receive(
      principal,
      { designatedAccountId, fileName, bytes, profile: upload.fields['profile'] },
      upload.request,
    );
  }

  @Get()
  @ApiOperation({ summary: 'Statements received, newest first' })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ImportsQuery) {
    const [receivedAt, id] = decodeCursor(query.cursor, ['instant', 'id']) ?? [];
    const before = receivedAt && id ? { receivedAt, id } : undefined;
    const rows = await this.imports.list(principal, { ...query, before });
    return pageOf(rows, query.limit, (row) => [row.receivedAt.toISOString(), row.id], presentImport);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One statement: its state, its counts, and what was found wrong' })
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentImport(await this.imports.view(principal, id));
  }

  @Get(':id/lines')
  @ApiOperation({ summary: 'The preview: each line, and whether it is new, already held or doubtful' })
  async preview(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
  ) {
    const [after] = decodeCursor(query.cursor, ['integer']) ?? ['-1'];
    const rows = await this.imports.preview(principal, id, Number.parseInt(after ?? '-1', 10), query.limit + 1);
    return pageOf(rows, query.limit, (row) => [String(row.position)], presentPreviewLine);
  }

  @Post(':id/commit')
  @HttpCode(200)
  @ApiOperation({ summary: 'Post the new lines of the preview to the ledger' })
  @ApiHeader(repeatable)
  commit(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CommitImportDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.imports.commit(
      principal,
      id,
      { acceptDoubtful: body.acceptDoubtful ?? [], confirmed: body.confirmed ?? false },
      request,
    );
  }
}
