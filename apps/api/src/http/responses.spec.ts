import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'typebox';
import { ProblemFilter } from './problem.filter.js';
import { Returns } from './responses.js';
import { serializerFor } from './serializer.js';
import { amount, nullable } from './schemas.js';

const line = Type.Object({
  amount: amount('An amount'),
  note: nullable(Type.String()),
  name: Type.Optional(Type.String()),
});

/** As a use case gives it: what the compiler has not seen. */
const unchecked = (value: unknown) => value as never;

@Controller()
class LinesController {
  @Get('more')
  @Returns(200, line)
  more() {
    return unchecked({ amount: '1.00', note: null, dateOfBirth: '2014-05-01' });
  }

  @Get('deeper')
  @Returns(200, Type.Object({ items: Type.Array(line) }))
  deeper() {
    return unchecked({ items: [{ amount: '1.00', note: 'a', name: undefined, child: { name: 'b' } }], total: 1 });
  }

  @Get('less')
  @Returns(200, line)
  less() {
    return unchecked({ amount: '1.00' });
  }

  @Get('nothing')
  @Returns(200, line)
  nothing() {
    return unchecked({ amount: null, note: null });
  }

  @Get('another')
  @Returns(200, line)
  another() {
    return unchecked({ amount: '1.00', note: { secret: true } });
  }

  // @ts-expect-error -- a field that the schema does not have
  @Returns(200, line)
  oneMore() {
    return { amount: '1.00', note: null, colour: 'red' };
  }

  // @ts-expect-error -- a field of the schema that is missing
  @Returns(200, line)
  oneLess() {
    return { amount: '1.00' };
  }

  // @ts-expect-error -- a field that may not be null
  @Returns(200, line)
  nullInstead() {
    return { amount: null, note: null };
  }

  // @ts-expect-error -- a field too many inside a list
  @Returns(200, Type.Object({ items: Type.Array(line) }))
  inside() {
    return { items: [{ amount: '1.00', note: null, colour: 'red' }] };
  }
}

@Module({ controllers: [LinesController], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
class LinesModule {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const adapter = new FastifyAdapter();
  adapter.getInstance().setSerializerCompiler(serializerFor);
  app = await NestFactory.create<NestFastifyApplication>(LinesModule, adapter, { logger: false });
  await app.init();
});

afterAll(() => app?.close());

async function get(url: string) {
  const { statusCode, headers, payload } = await app.inject({ method: 'GET', url });
  return { status: statusCode, type: headers['content-type'], body: JSON.parse(payload) as unknown };
}

describe('a response', () => {
  it('leaves without a field that its schema does not have, at any depth', async () => {
    expect(await get('/more')).toMatchObject({ status: 200, body: { amount: '1.00', note: null } });
    expect((await get('/more')).body).toEqual({ amount: '1.00', note: null });
    expect((await get('/deeper')).body).toEqual({ items: [{ amount: '1.00', note: 'a' }] });
  });

  it('is a fault where a field is missing, is null or is of another type than its schema says', async () => {
    for (const url of ['/less', '/nothing', '/another']) {
      expect(await get(url)).toEqual({
        status: 500,
        type: expect.stringContaining('application/problem+json'),
        body: expect.objectContaining({ type: 'urn:ringfence:problem:internal-error' }),
      });
    }
  });
});
