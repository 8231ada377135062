import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { authoriseOn, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { AccountWarnings, StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { goTo, render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { presentImportQueries } from './account-queries.presenter.js';
import { presentBalanceBreaks } from './balance-breaks.presenter.js';
import { importPage, presentImport } from './import.presenter.js';
import { uploadBytesMax } from './limits.js';
import { previewLinesPerGroupMax, previewStateFrom, previewVerdicts, type PreviewState } from './preview-state.js';
import { readUpload } from './read-upload.js';
import { sendStatementPage } from './upload.pages.js';
import { termsOf } from '../shell/vocabulary.js';

/** How many possible duplicates are gathered at once where somebody accepts them all as new. */
const duplicatesPerReading = 1_000;

/** An import of a statement: sent, read by a job, looked at, and posted. */
@Controller()
export class SendStatementController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly imports: StatementImports,
    private readonly warnings: AccountWarnings,
  ) {}

  @Get('/budgets/:budgetId/send-statement')
  async form(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showForm(reply, principalOf(request), budgetId, {});
  }

  @Post('/budgets/:budgetId/send-statement')
  @RouteConfig({ upload: true, keeps: 'STATEMENT' })
  async send(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    let fields: Readonly<Record<string, string>> = {};
    return submitForm(reply, {
      fields: ['file', 'account'],
      act: async () => {
        this.imports.authoriseUpload(principal);
        const upload = await readUpload(request, reply, (early, bytes) =>
          this.imports.admit(principal, requireId(early['account'], '/account'), bytes),
        );
        fields = upload.fields;
        if (!upload.file) throw Problem.field('/file', 'Choose the statement that you want to send.');
        const { id } = await this.imports.receive(
          principal,
          {
            designatedAccountId: requireId(fields['account'], '/account'),
            fileName: upload.file.name,
            file: upload.file.bytes,
          },
          { key: requireId(fields['key'], '/key'), operation: 'web send-statement', payload: fields },
        );
        return { goTo: `/statements/${id}` };
      },
      showAgain: (refusal) => this.showForm(reply, principal, budgetId, fields, refusal),
    });
  }

  @Get('/statements/:importId')
  async progress(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showImport(reply, principalOf(request), importId, previewStateFrom());
  }

  /** Other lines of the preview. A form, so that what was ticked comes along: nothing is kept and nothing changes. */
  @Post('/statements/:importId/preview')
  @RouteConfig({ lists: true })
  async preview(
    @Param('importId') importId: string,
    @Body() body: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showImport(reply, principalOf(request), importId, previewStateFrom(body));
  }

  /** Where somebody comes back to by address: a page that was posted cannot be asked for again. */
  @Get('/statements/:importId/preview')
  async previewAgain(@Param('importId') importId: string, @Res() reply: FastifyReply): Promise<unknown> {
    return goTo(reply, `/statements/${requireId(importId, '/importId')}`);
  }

  @Post('/statements/:importId/confirm')
  @RouteConfig({ lists: true })
  async confirm(
    @Param('importId') importId: string,
    @Body() body: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const preview = previewStateFrom(body);
    return submitForm(reply, {
      fields: ['lines', 'accept'],
      act: async () => {
        const accepted = preview.acceptAll ? await this.possibleDuplicates(principal, importId) : [...preview.accepted];
        const report = await this.imports.commit(
          principal,
          importId,
          { acceptAsNew: accepted, confirmed: preview.confirmed },
          {
            key: requireId(body['key'], '/key'),
            operation: 'web confirm-statement',
            payload: { importId, accepted },
          },
        );
        const flash =
          'state' in report
            ? termsOf(principal).postedLater
            : `${termsOf(principal).posted}: ${report.posted} new, ${report.alreadyHeld} already there.`;
        return { goTo: `/statements/${importId}`, flash };
      },
      showAgain: (refusal) => this.showImport(reply, principal, importId, preview, refusal),
    });
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    authoriseOn(principal, 'statements.upload', requireBudgetId(budgetId));
    const { child } = await this.budgets.agreedBudget(principal, budgetId);
    const accounts = await this.budgets.listDesignatedAccounts(principal, { budgetId }, { limit: 20 });
    const model = {
      title: 'Send a bank statement',
      budgetId,
      childName: child.name,
      key: newId(),
      sizeMegabytes: uploadBytesMax / 1024 / 1024,
      accounts: accounts.map(({ id, name, bankName }) => ({
        value: id,
        text: `${name}, ${bankName}`,
        checked: accounts.length === 1 || kept['account'] === id,
      })),
      onlyAccount: accounts.length === 1 ? accounts[0] : undefined,
      errors: refusal?.errors,
    };
    return render(reply, sendStatementPage, model, refusal?.status);
  }

  private async possibleDuplicates(principal: Principal, importId: string): Promise<number[]> {
    const positions: number[] = [];
    for (let more = true; more;) {
      const after = positions.at(-1) ?? -1;
      const lines = await this.imports.preview(principal, importId, after, duplicatesPerReading, 'POSSIBLE_DUPLICATE');
      positions.push(...lines.map(({ position }) => position));
      more = lines.length === duplicatesPerReading;
    }
    return positions;
  }

  private async showImport(
    reply: FastifyReply,
    principal: Principal,
    importId: string,
    preview: PreviewState,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const view = await this.imports.view(principal, requireId(importId, '/importId'));
    const verdicts = view.state === 'PARSED' ? previewVerdicts.filter((verdict) => view.counts[verdict] > 0) : [];
    const lines = await Promise.all(
      verdicts.map((verdict) =>
        this.imports.preview(principal, importId, preview.starts[verdict].after, previewLinesPerGroupMax, verdict),
      ),
    );
    const account = await this.budgets.designatedAccount(principal, view.designatedAccountId);
    const budgetId = account.budgets[0]?.budgetId ?? null;
    const breaks = presentBalanceBreaks(view, principal, budgetId);
    const accountQueries = presentImportQueries(await this.warnings.ofImport(principal, importId));
    const model = presentImport({
      terms: termsOf(principal),
      // Balance breaks have a section of their own, which says what to do about each.
      view: { ...view, warnings: view.warnings.filter(({ code }) => code !== 'BALANCE_BREAK') },
      lines: lines.flat(),
      preview,
      accountName: account.name,
      budgetId,
    });
    return render(
      reply,
      importPage,
      { ...model, breaks, accountQueries, key: newId(), errors: refusal?.errors },
      refusal?.status,
    );
  }
}
