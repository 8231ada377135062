import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { authorise, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { AcceptBreak, ReverseImport, StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { presentFinding } from '../months/months.presenter.js';
import type { FormValues } from '../shell/forms.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { counted } from '../shell/formatting.js';
import { audienceOf, termsOf, vocabulary } from '../shell/vocabulary.js';
import { statementDecisionPage, type StatementDecisionPage } from './upload.pages.js';

type Decision = 'reverse' | 'accept-break';

const actions = { reverse: 'statements.reverse', 'accept-break': 'statements.accept-break' } as const;

/** What a person decides about a statement as a whole, each on a page that asks why before anything is done. */
@Controller('statements/:importId')
export class StatementDecisionsController {
  constructor(
    private readonly imports: StatementImports,
    private readonly reversals: ReverseImport,
    private readonly acceptances: AcceptBreak,
  ) {}

  @Get('reverse')
  async askWhyReversed(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.ask(reply, principalOf(request), requireImportId(importId), 'reverse', '');
  }

  @Post('reverse')
  async reverse(
    @Param('importId') importId: string,
    @Body() form: FormValues,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.decide(request, reply, importId, 'reverse', form, async (principal, id, key) => {
      const reason = reasonOf(form);
      const payload = { importId: id, reason };
      const request = { key, operation: 'web reverse-statement', payload };
      const { reversed } = await this.reversals.run(principal, id, { reason }, request);
      return `${termsOf(principal).reversed}: ${counted(reversed, 'line')} left the account.`;
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
    @Body() form: FormValues,
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
    decision: Decision,
    form: FormValues,
    work: (principal: Principal, id: string, key: string) => Promise<string>,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const id = requireImportId(importId);
    return submitForm(reply, {
      fields: ['reason'],
      act: async () => ({
        flash: await work(principal, id, requireId(form['key'], '/key')),
        goTo: `/statements/${id}`,
      }),
      showAgain: (refusal) => this.ask(reply, principal, id, decision, form['reason'] ?? '', refusal),
    });
  }

  private async ask(
    reply: FastifyReply,
    principal: Principal,
    id: string,
    decision: Decision,
    kept: string,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    authorise(principal, actions[decision]);
    const { fileName, breaks } = await this.imports.view(principal, id);
    const open = breaks.filter(({ accepted }) => accepted === null).map((finding) => presentFinding(finding));
    const model = {
      ...decisionInWords(decision, principal),
      id,
      path: decision,
      fileName,
      breaks: decision === 'accept-break' ? open : [],
      kept,
      key: newId(),
      errors: refusal?.errors,
    };
    return render(reply, statementDecisionPage, model, refusal?.status);
  }
}

function decisionInWords(
  decision: Decision,
  principal: Principal,
): Pick<StatementDecisionPage, 'title' | 'sentences' | 'question' | 'button' | 'buttonClasses'> {
  if (decision === 'accept-break') {
    return {
      title: 'Accept the difference',
      sentences: [
        'The statement may then be added although its balances do not explain everything. Your reason is kept with your name and shown to the family.',
      ],
      question: 'Why is the difference accepted?',
      button: 'Accept it',
      buttonClasses: '',
    };
  }
  return { ...reversalInWords[audienceOf(principal)], buttonClasses: 'govuk-button--warning' };
}

const reversalInWords = {
  officer: {
    title: vocabulary.officer.reverse,
    sentences: [
      'Every line of this import is reversed. The ledger keeps both the lines and their reversal, and the file stays.',
      'The same file can be sent again later.',
    ],
    question: 'Why is it reversed?',
    button: 'Reverse it',
  },
  family: {
    title: vocabulary.family.reverse,
    sentences: [
      'Every payment that it brought in leaves the account. We keep a record of the payments and of their removal, and we keep the file.',
      'You can send the same file again later.',
    ],
    question: 'Why do you remove it?',
    button: 'Remove it',
  },
};

function reasonOf(form: FormValues): string {
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
