import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { KeptUploads, Receipts, type KeptUpload } from '@ringfence/evidence';
import type { Principal } from '@ringfence/identity';
import { Problem, requireId } from '@ringfence/kernel';
import { Config } from '@ringfence/platform';
import { StatementLines } from '@ringfence/reconciliation';
import { StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { homeOf } from '../shell/navigation.js';
import { ownPath } from '../shell/own-path.js';
import { goTo, render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormDone, type FormRefusal } from '../shell/submit-form.js';
import { decisionAddress, receiptFlash, receiptFrom } from '../upload/receipt-upload.js';
import { keptUploadsPage, notKeptPage, presentKeptUpload } from './kept-uploads.presenter.js';

/** What somebody sent too late, asked about once they have signed in again. */
@Controller()
export class KeptUploadsController {
  constructor(
    private readonly kept: KeptUploads,
    private readonly receipts: Receipts,
    private readonly imports: StatementImports,
    private readonly budgets: BudgetReader,
    private readonly lines: StatementLines,
    private readonly config: Config,
  ) {}

  @Get('/kept-uploads')
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    return this.showKept(reply, principalOf(request));
  }

  /** Does what the form would have done. Pressed twice it does it once. */
  @Post('/kept-uploads/:id/add')
  async add(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const principal = principalOf(request);
    const upload = await this.kept.view(principal, requireKeptId(id));
    return submitForm(reply, {
      fields: [`kept-${upload.id}`],
      act: async () => {
        const done = await this.send(principal, upload).catch((error: unknown) => {
          const decision = decisionAddress(error, upload.budgetId, upload.fields);
          if (decision === undefined) throw error;
          return { goTo: decision };
        });
        await this.kept.forget(principal, upload.id);
        return done;
      },
      showAgain: (refusal) => this.showKept(reply, principal, refusal),
      showsNotFound: true,
    });
  }

  @Post('/kept-uploads/:id/leave')
  async leave(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const principal = principalOf(request);
    const { id: keptId, fileName } = await this.kept.view(principal, requireKeptId(id));
    await this.kept.forget(principal, keptId);
    request.session.flash = `${fileName} was not added.`;
    return goTo(reply, '/kept-uploads');
  }

  /** For a file that could not be kept. It says nothing of the form, which it knows nothing of. */
  @Get('/sign-in/not-kept')
  @RouteConfig({ open: true })
  async notKept(
    @Query('to') to: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const page = ownPath(to, this.config.WEB_URL);
    if (request.principal) return goTo(reply, page);
    return render(reply, notKeptPage, {
      title: 'You have been signed out',
      signIn: `/sign-in?to=${encodeURIComponent(page)}`,
    });
  }

  private async send(principal: Principal, upload: KeptUpload): Promise<FormDone> {
    const bytes = await this.kept.bytes(upload);
    const { id, budgetId, fields, fileName } = upload;
    const request = { key: id, operation: 'web add-kept-upload', payload: { id } };
    if (upload.kind === 'STATEMENT') {
      const designatedAccountId = requireId(fields['account'], '/account');
      const received = await this.imports.receive(principal, { designatedAccountId, fileName, file: bytes }, request);
      return { goTo: `/statements/${received.id}`, flash: `${fileName} was added: this is what is on it.` };
    }
    const receipt = receiptFrom(budgetId, fields, { name: fileName, bytes });
    const done = await this.receipts.upload(principal, receipt, request);
    const payment = await this.payment(principal, done.statementLineId);
    const address = homeOf(principal) === '/home' ? '/home' : `/budgets/${budgetId}`;
    return { goTo: address, flash: `${fileName} was added. ${receiptFlash(done, payment)}` };
  }

  private async showKept(reply: FastifyReply, principal: Principal, refusal?: FormRefusal): Promise<unknown> {
    const uploads = await this.kept.list(principal);
    if (uploads.length === 0) return goTo(reply, homeOf(principal));
    const items = await Promise.all(
      uploads.map(async (upload) => {
        const { child } = await this.budgets.agreedBudget(principal, upload.budgetId);
        const payment = await this.payment(principal, upload.fields['payment'] ?? null);
        return presentKeptUpload(upload, principal.today, child.name, payment);
      }),
    );
    const model = { title: 'Add what you sent?', items, errors: refusal?.errors };
    return render(reply, keptUploadsPage, model, refusal?.status);
  }

  private async payment(principal: Principal, id: string | null) {
    if (id === null || id === '') return undefined;
    return this.lines.view(principal, id).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
  }
}

function requireKeptId(text: string): string {
  try {
    return requireId(text, '/id');
  } catch {
    throw new Problem('not-found', 'There is nothing kept at this address that you can see.');
  }
}
