import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { receiptBytesMax, receiptLinesJson, Receipts, receiptTypes, type ReceiptRow } from '@ringfence/evidence';
import type { Principal } from '@ringfence/identity';
import { decimalText, Problem, requireDate, requireId, requirePence, decodeCursor, pageOf } from '@ringfence/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsFile } from '../http/responses.js';
import { CurrentPrincipal } from '../http/request-context.js';
import { readUpload, uploadRules } from '../http/upload.js';
import { receipt, receipts, receiptUploaded, type receiptStates } from './receipts.responses.js';
import { ChangeReceiptDto, receiptForm, ReceiptsQuery } from './receipts.dto.js';

const formFields = ['budgetId', 'statementLineId', 'amount', 'date', 'supplier', 'lines'] as const;

@ApiTags('evidence')
@ApiBearerAuth()
@Controller('receipts')
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

  @Post()
  @ApiOperation({
    summary: 'Upload a receipt; the same file again answers the first, and links it where a line is named',
    description: `A file has ${receiptBytesMax / 1024 / 1024} MiB at most (receiptBytesMax). ${uploadRules('budgetId')}`,
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: receiptForm })
  @Repeatable()
  @Returns(201, receiptUploaded)
  async upload(@CurrentPrincipal() principal: Principal, @Req() http: FastifyRequest) {
    this.receipts.authoriseUpload(principal);
    const { fileName, file, fields, request } = await readUpload(http, {
      bytesMax: receiptBytesMax,
      ownerField: 'budgetId',
      admit: (_, early, bytes) => this.receipts.admit(principal, termsOf(early), bytes),
    });
    return this.receipts.upload(principal, { fileName, bytes: file, ...termsOf(fields) }, request);
  }

  @Get()
  @ApiOperation({ summary: 'Receipts, newest first; those that wait for their line, or those that have one' })
  @Returns(200, receipts)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ReceiptsQuery) {
    const [before] = decodeCursor(query.cursor, ['id']) ?? [];
    const { budgetId, state, limit, statementLineId } = query;
    const statementLineIds = statementLineId === undefined ? undefined : [statementLineId];
    const rows = await this.receipts.list(principal, { budgetId, state, limit, statementLineIds, before });
    return pageOf(rows, limit, (row) => [row.id], presentReceipt);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One receipt with its lines' })
  @Returns(200, receipt)
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentReceipt(await this.receipts.view(principal, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Link, unlink or correct a receipt' })
  @Returns(200, receipt)
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeReceiptDto,
  ) {
    const { amount, date, lines, ...rest } = body;
    const changed = await this.receipts.change(principal, id, {
      ...rest,
      amountPence: typeof amount === 'string' ? requirePence(amount, '/amount') : amount,
      receiptDate: date,
      lines: lines?.map((line, index) => ({
        description: line.description,
        amountPence: requirePence(line.amount, `/lines/${index}/amount`),
      })),
    });
    return presentReceipt(changed);
  }

  /** As it was uploaded. Whatever is in it, a browser that opens it runs nothing. */
  @Get(':id/file')
  @ApiOperation({
    summary: 'The file itself',
    description:
      'Answers 410, file-missing or file-altered, where the stored file is not the one that was sent any more.',
  })
  @ReturnsFile(receiptTypes, 'The file, byte for byte')
  async file(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bytes, contentType, fileName } = await this.receipts.file(principal, id);
    await reply
      .type(contentType)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'same-site')
      .send(Buffer.from(bytes));
  }
}

/** The fields of the form; an empty one counts as left out, as browsers send those. */
function termsOf(form: Readonly<Record<string, string>>) {
  const unknown = Object.keys(form).find((name) => !formFields.some((known) => known === name));
  if (unknown !== undefined) {
    throw Problem.field(`/${unknown}`, `/${unknown} is not a field of a receipt: use ${formFields.join(', ')}.`);
  }
  const given = (name: (typeof formFields)[number]): string | undefined => form[name] || undefined;
  const [line, amount, date, lines] = [given('statementLineId'), given('amount'), given('date'), given('lines')];
  return {
    budgetId: requireId(form['budgetId'], '/budgetId'),
    statementLineId: line === undefined ? undefined : requireId(line, '/statementLineId'),
    amountPence: amount === undefined ? undefined : requirePence(amount, '/amount'),
    receiptDate: date === undefined ? undefined : requireDate(date, '/date'),
    supplier: given('supplier'),
    lines: lines === undefined ? undefined : receiptLinesJson(lines),
  };
}

function presentReceipt(row: ReceiptRow) {
  return {
    id: row.id,
    budgetId: row.budgetId,
    statementLineId: row.statementLineId,
    state: stateOf(row),
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    contentType: row.contentType,
    amount: row.amountPence === null ? null : decimalText(row.amountPence),
    date: row.receiptDate,
    supplier: row.supplier,
    lines: row.lines.map(({ description, amountPence }) => ({ description, amount: decimalText(amountPence) })),
    uploadedAt: row.uploadedAt.toISOString(),
    changedAt: row.changedAt?.toISOString() ?? null,
  };
}

function stateOf({ statementLineId }: ReceiptRow): (typeof receiptStates)[number] {
  return statementLineId === null ? 'waiting' : 'linked';
}
