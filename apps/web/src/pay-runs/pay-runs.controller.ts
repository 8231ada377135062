import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { may, seesWholeAuthority, type Principal } from '@ringfence/identity';
import { newId, Problem, reasonsCharactersMax, requireId } from '@ringfence/kernel';
import { DecidePayRuns, PayRuns } from '@ringfence/payroll';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import type { FormValues } from '../shell/forms.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import {
  heldRunsPage,
  heldRunsShownMax,
  payRunPage,
  presentHeldRuns,
  presentPayRun,
  refusalInWords,
} from './pay-runs.presenter.js';

/** Where an officer sees the held pay runs, and accepts or refuses each. */
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
    return render(reply, heldRunsPage, presentHeldRuns(principal.today, rows));
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
    @Body() form: FormValues,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = officerOf(request);
    const id = requireRunId(runId);
    return submitForm(reply, {
      fields: ['reasons'],
      act: async () => ({ goTo: '/pay-runs', flash: await this.done(principal, id, form) }),
      showAgain: (refusal) => this.showRun(reply, principal, id, form, refusal),
    });
  }

  private async done(principal: Principal, id: string, form: FormValues): Promise<string> {
    const reasons = reasonsOf(form);
    const request = (operation: string) => {
      return { key: requireId(form['key'], '/key'), operation, payload: { id, decision: form['decision'], reasons } };
    };
    if (form['decision'] === 'accept') {
      const { reference } = await this.decisions
        .accept(principal, id, reasons, request('web accept-pay-run'))
        .catch((error: unknown) => {
          throw error instanceof Problem ? refusalInWords(error) : error;
        });
      return `The pay run ${reference} was accepted and posted.`;
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
    kept: FormValues,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const run = await this.payRuns.view(principal, requireRunId(runId));
    const page = presentPayRun(principal.today, run, may(principal, 'pay-runs.decide'));
    return render(reply, payRunPage, { ...page, kept, key: newId(), errors: refusal?.errors }, refusal?.status);
  }
}

function officerOf(request: FastifyRequest): Principal {
  const principal = principalOf(request);
  if (seesWholeAuthority(principal)) return principal;
  throw new Problem('not-permitted', 'Held pay runs are for the authority’s own officers: go to your home page.');
}

function reasonsOf(form: FormValues): string {
  const reasons = form['reasons']?.trim() ?? '';
  if (reasons === '') {
    throw Problem.field('/reasons', 'Write why: the bureau reads it, and it is kept with your name.');
  }
  if (reasons.length > reasonsCharactersMax) {
    throw Problem.field('/reasons', `Write why in ${reasonsCharactersMax} characters at most.`);
  }
  return reasons;
}

function requireRunId(text: string): string {
  try {
    return requireId(text, '/runId');
  } catch {
    throw new Problem('not-found', 'There is no pay run at this address that you can see.');
  }
}
