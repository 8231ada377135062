import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI 3.1 description of the API, made from its controllers. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ringfence')
    .setDescription(
      'The ledger of direct payments. Amounts are decimal strings, dates are YYYY-MM-DD, refusals are problem+json.',
    )
    .setVersion('1')
    .addBearerAuth();
  return SwaggerModule.createDocument(app, builder.build());
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
