import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { may, seesWholeAuthority, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { DecidePayRuns, decisionReasonsCharactersMax, PayRuns } from '@ringfence/payroll';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { fieldError, formErrors, type FormErrors } from '../shell/errors.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { heldRunsShownMax, presentHeldRuns, presentPayRun, refusalInWords } from './pay-runs.presenter.js';

type Form = Readonly<Record<string, string | undefined>>;

/** Where an officer sees the pay runs that wait, and accepts or refuses each. */
@Controller('pay-runs')
export class PayRunsController {
  constructor(
    private readonly payRuns: PayRuns,
    private readonly decisions: DecidePayRuns,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const principal = officerOf(request);
    const rows = await this.payRuns.list(principal, { state: 'HELD', limit: heldRunsShownMax });
    return show(reply, 'pay-runs/pay-runs', presentHeldRuns(principal.today, rows) as never);
  }

  @Get(':runId')
  async run(
    @Param('runId') runId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showRun(reply, officerOf(request), runId, {});
  }

  @Post(':runId')
  async decide(
    @Param('runId') runId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = officerOf(request);
    const id = requireRunId(runId);
    const reasons = form['reasons']?.trim() ?? '';
    if (reasons === '' || reasons.length > decisionReasonsCharactersMax) {
      const words =
        reasons === ''
          ? 'Write why: the bureau reads it, and it is kept with your name.'
          : `Write why in ${decisionReasonsCharactersMax} characters at most.`;
      return this.showRun(reply, principal, id, form, fieldError('reasons', words));
    }
    try {
      request.session.told = await this.done(principal, id, reasons, form);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      return this.showRun(reply, principal, id, form, formErrors(refusalInWords(error), ['reasons'], 'reasons'));
    }
    return goTo(reply, '/pay-runs');
  }

  private async done(principal: Principal, id: string, reasons: string, form: Form): Promise<string> {
    const request = (operation: string) => {
      return { key: requireId(form['key'], '/key'), operation, payload: { id, decision: form['decision'], reasons } };
    };
    if (form['decision'] === 'accept') {
      const { reference } = await this.decisions.accept(principal, id, reasons, request('web accept-pay-run'));
      return `The pay run ${reference} was accepted and is in the books.`;
    }
    if (form['decision'] !== 'refuse')
      throw Problem.field('/decision', 'Choose whether to accept or to refuse the run.');
    await this.decisions.refuse(principal, id, reasons, request('web refuse-pay-run'));
    return 'The pay run was refused. Its bureau reads why.';
  }

  private async showRun(
    reply: FastifyReply,
    principal: Principal,
    runId: string,
    kept: Form,
    errors?: FormErrors,
  ): Promise<unknown> {
    const run = await this.payRuns.view(principal, requireRunId(runId));
    const page = presentPayRun(principal.today, run, may(principal, 'pay-runs.decide'));
    const form = { kept, key: newId(), ...(errors ? { errors } : {}) };
    return show(reply, 'pay-runs/pay-run', { ...page, ...form } as never);
  }
}

function officerOf(request: FastifyRequest): Principal {
  const principal = principalOf(request);
  if (seesWholeAuthority(principal)) return principal;
  throw new Problem('not-permitted', 'Pay runs that wait are for the authority’s own officers: go to your home page.');
}

function requireRunId(text: string): string {
  try {
    return requireId(text, '/runId');
  } catch {
    throw new Problem('not-found', 'There is no pay run at this address that you can see.');
  }
}
