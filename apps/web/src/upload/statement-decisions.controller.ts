import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { authorise, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { AcceptBreak, ReverseImport, StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { presentFinding } from '../months/months.presenter.js';
import { formErrors, type FormErrors } from '../shell/errors.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { counted } from '../shell/formatting.js';

type Form = Readonly<Record<string, string | undefined>>;
type Deed = 'take-back' | 'accept-break';

const deeds = {
  'take-back': {
    action: 'statements.reverse',
    title: 'Take this statement back',
    sentences: [
      'Every line that it brought in leaves the account. The books keep both the lines and their reversal, and the file stays.',
      'You can send the same file again later.',
    ],
    question: 'Why is it taken back?',
    button: 'Take it back',
  },
  'accept-break': {
    action: 'statements.accept-break',
    title: 'Accept the difference',
    sentences: [
      'The statement may then be added although its balances do not explain everything. Your reason is kept with your name and shown to the family.',
    ],
    question: 'Why is the difference accepted?',
    button: 'Accept it',
  },
} as const;

/** What a person decides about a statement as a whole, each on a page that asks why before anything is done. */
@Controller('statements/:importId')
export class WholeStatementController {
  constructor(
    private readonly imports: StatementImports,
    private readonly reversals: ReverseImport,
    private readonly acceptances: AcceptBreak,
  ) {}

  @Get('take-back')
  async askWhyBack(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.ask(reply, principalOf(request), requireImportId(importId), 'take-back', '');
  }

  @Post('take-back')
  async takeBack(
    @Param('importId') importId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.decide(request, reply, importId, 'take-back', form, async (principal, id, key) => {
      const reason = reasonOf(form);
      const payload = { importId: id, reason };
      const request = { key, operation: 'web take-back-statement', payload };
      const { reversed } = await this.reversals.run(principal, id, { reason }, request);
      return `The statement was taken back: ${counted(reversed, 'line')} left the account.`;
    });
  }

  @Get('accept-break')
  async askWhyAccepted(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.ask(reply, principalOf(request), requireImportId(importId), 'accept-break', '');
  }

  @Post('accept-break')
  async accept(
    @Param('importId') importId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.decide(request, reply, importId, 'accept-break', form, async (principal, id, key) => {
      const reason = reasonOf(form);
      const payload = { importId: id, reason };
      const request = { key, operation: 'web accept-break', payload };
      await this.acceptances.run(principal, id, { reason }, request);
      return 'The difference was accepted.';
    });
  }

  private async decide(
    request: FastifyRequest,
    reply: FastifyReply,
    importId: string,
    deed: Deed,
    form: Form,
    work: (principal: Principal, id: string, key: string) => Promise<string>,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const id = requireImportId(importId);
    try {
      request.session.told = await work(principal, id, requireId(form['key'], '/key'));
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      const errors = formErrors(error, ['reason'], 'reason');
      return this.ask(reply, principal, id, deed, form['reason'] ?? '', errors);
    }
    return goTo(reply, `/statements/${id}`);
  }

  private async ask(
    reply: FastifyReply,
    principal: Principal,
    id: string,
    deed: Deed,
    kept: string,
    errors?: FormErrors,
  ): Promise<unknown> {
    authorise(principal, deeds[deed].action);
    const { fileName, breaks } = await this.imports.view(principal, id);
    const open = breaks.filter(({ accepted }) => accepted === null).map((finding) => presentFinding(finding));
    return show(reply, 'upload/statement-decision', {
      ...deeds[deed],
      id,
      deed,
      fileName,
      breaks: deed === 'accept-break' ? open : [],
      kept,
      key: newId(),
      ...(errors ? { errors } : {}),
    } as never);
  }
}

function reasonOf(form: Form): string {
  const reason = form['reason']?.trim() ?? '';
  if (reason === '') throw Problem.field('/reason', 'Write why, in words that the family would understand.');
  return reason;
}

function requireImportId(text: string): string {
  try {
    return requireId(text, '/importId');
  } catch {
    throw new Problem('not-found', 'There is no statement at this address that you can see.');
  }
}
