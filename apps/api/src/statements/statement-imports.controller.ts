import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireId, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { statementFileBytesMax } from '@ringfence/statement-files';
import { AccountWarnings, linesCommittedAtOnceMax, StatementImports } from '@ringfence/statements';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { PageQuery } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { keepUpload, uploadRules } from '../http/upload.js';
import { presentFound } from './account-warnings.presenter.js';
import {
  commitUnderWay,
  previewLines,
  statementCommitted,
  statementImportDetail,
  statementImports,
  statementReceived,
} from './statement-imports.responses.js';
import { CommitImportDto, ImportsQuery } from './statement-imports.dto.js';
import { committed, listed, previewed, received, shown } from './statement-imports.examples.js';
import { presentImport, presentImportDetail, presentPreviewLine } from './statement-imports.presenter.js';

const form = {
  type: 'object',
  required: ['designatedAccountId', 'file'],
  properties: {
    designatedAccountId: { type: 'string', format: 'uuid', description: 'Comes before the file' },
    profile: { type: 'string', description: 'The bank’s layout, only where the file does not tell' },
    file: { type: 'string', format: 'binary' },
  },
};

@ApiTags('statements')
@ApiBearerAuth()
@Controller('statement-imports')
export class StatementImportsController {
  constructor(
    private readonly imports: StatementImports,
    private readonly warnings: AccountWarnings,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Upload a statement; a job reads it and makes a preview',
    description: `A file has ${statementFileBytesMax / 1024 / 1024} MiB at most (statementFileBytesMax). ${uploadRules('designatedAccountId')}`,
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: form })
  @Repeatable()
  @Returns(202, statementReceived, { example: received })
  async receive(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    this.imports.authoriseUpload(principal);
    const gate = {
      bytesMax: statementFileBytesMax,
      ownerField: 'designatedAccountId',
      admit: (accountId: string, _: unknown, bytes: number) => this.imports.admit(principal, accountId, bytes),
    };
    const upload = await keepUpload(request, gate, this.imports);
    const designatedAccountId = requireId(upload.fields['designatedAccountId'], '/designatedAccountId');
    const { fileName, file } = upload;
    return this.imports.receive(
      principal,
      { designatedAccountId, fileName, file, profile: upload.fields['profile'] },
      upload.request,
    );
  }

  @Get()
  @ApiOperation({ summary: 'Statements received, newest first' })
  @Returns(200, statementImports, { example: { items: [listed], nextCursor: null } })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ImportsQuery) {
    const [receivedAt, id] = decodeCursor(query.cursor, ['instant', 'id']) ?? [];
    const before = receivedAt && id ? { receivedAt, id } : undefined;
    const rows = await this.imports.list(principal, { ...query, before });
    return pageOf(rows, query.limit, (row) => [row.receivedAt.toISOString(), row.id], presentImport);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One statement: its state, its counts, and what was found wrong' })
  @Returns(200, statementImportDetail, { example: shown })
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    const view = presentImportDetail(await this.imports.view(principal, id));
    return { ...view, accountWarnings: (await this.warnings.ofImport(principal, id)).map(presentFound) };
  }

  @Get(':id/lines')
  @ApiOperation({ summary: 'The preview: each line, and whether it is new, already held or a possible duplicate' })
  @Returns(200, previewLines, { example: { items: [previewed], nextCursor: null } })
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
  @ApiOperation({
    summary: 'Post the new lines of the preview to the ledger',
    description: `A preview of more than ${linesCommittedAtOnceMax} lines is posted by a job: the answer is 202, and the import tells by its state and progress how that goes.`,
  })
  @Repeatable()
  @Returns(200, statementCommitted, { example: committed, orAccepted: commitUnderWay })
  async commit(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CommitImportDto,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.imports.commit(
      principal,
      id,
      { acceptAsNew: body.acceptAsNew ?? [], confirmed: body.confirmed ?? false },
      request,
    );
    if ('state' in answer) void reply.status(202).header('location', `/v1/statement-imports/${id}`);
    return answer;
  }
}
