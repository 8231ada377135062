import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { csvHeaders, csvStream, type CsvFile } from '@ringfence/reporting';
import type { FastifyReply } from 'fastify';

/** Says in the description that the answer is a CSV. */
export function ReturnsCsv(): MethodDecorator {
  const schema = {
    type: 'string',
    description: 'RFC 4180, UTF-8 with a byte order mark: docs/reference/csv-exports.md',
  };
  return applyDecorators(ApiOkResponse({ description: 'A CSV file', content: { 'text/csv': { schema } } }));
}

export async function sendCsv(reply: FastifyReply, file: CsvFile): Promise<FastifyReply> {
  return reply.headers(csvHeaders(file)).send(csvStream(file));
}
