import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { dateRangeText, jsonDepthMax, problemTypes } from '@ringfence/kernel';
import { addressBytesMax, headerBytesMax } from '@ringfence/platform';
import { problemTypeOf } from './http/problem.filter.js';
import { requestBytesMax } from './http/limits.js';
import { openApiComponents } from './http/schemas.js';

/** The OpenAPI 3.1 description of the API, made from its controllers. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ringfence')
    .setDescription(
      'The ledger of direct payments. Amounts are decimal strings, dates are YYYY-MM-DD, refusals are problem+json. ' +
        `Days lie ${dateRangeText}; JSON is nested at most ${jsonDepthMax} deep, and a body has at most ${requestBytesMax} bytes, ` +
        `an address ${addressBytesMax} and the headers ${headerBytesMax} together.`,
    )
    .setVersion('1')
    .addBearerAuth();
  return withComponents(withAuthority(withRefusals(SwaggerModule.createDocument(app, builder.build()))));
}

/** Serves the description at /v1/openapi.json, open to everybody: it holds no data. */
export function describeApi(app: NestFastifyApplication): void {
  let text: string | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/v1/openapi.json', (_request, reply) => {
      text ??= JSON.stringify(openApiDocument(app), null, 2);
      void reply.type('application/json').send(text);
    });
}

/** Every operation that acts for an authority takes its header: read where the guard reads it, and so said once too. */
function withAuthority(document: OpenAPIObject): OpenAPIObject {
  for (const [path, methods] of Object.entries(document.paths)) {
    if (/^\/v1\/invitations(\/\{id\}\/(acceptance|refusal))?$/.test(path)) continue;
    for (const operation of Object.values(methods as Record<string, { security?: unknown; parameters?: object[] }>)) {
      if (operation.security) operation.parameters = [...(operation.parameters ?? []), authorityHeader];
    }
  }
  return document;
}

const authorityHeader = {
  name: 'Ringfence-Authority',
  in: 'header',
  required: false,
  schema: { type: 'string', format: 'uuid' },
  description:
    'The authority for which the bearer acts. Needed only by a bearer to whom several authorities have given a role in force: GET /v1/invitations lists those that it has accepted.',
};

/** The schemas that operations name in their responses. */
function withComponents(document: OpenAPIObject): OpenAPIObject {
  const schemas = { ...document.components?.schemas, ...openApiComponents() };
  return { ...document, components: { ...document.components, schemas } };
}

/** Every operation may refuse in the same form: said once, here, rather than by each controller. */
function withRefusals(document: OpenAPIObject): OpenAPIObject {
  for (const methods of Object.values(document.paths)) {
    for (const { responses } of Object.values(methods as Record<string, { responses: Record<string, object> }>)) {
      responses['default'] = {
        description: 'A refusal; nothing was changed',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problem } };
  return document;
}

const problem = {
  type: 'object',
  description: 'RFC 9457. Some refusals carry further facts as fields of their own.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', enum: Object.keys(problemTypes).map(problemTypeOf) },
    title: { type: 'string', description: 'The same for every refusal of this type' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One sentence: what was found, where, and what to do' },
    requestId: { type: 'string', description: 'With a status of 500 or more: the X-Request-Id of this answer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          pointer: { type: 'string', description: 'A JSON pointer to the field' },
          line: { type: 'integer', minimum: 1, description: 'The line of a file' },
          message: { type: 'string' },
        },
      },
    },
  },
};
