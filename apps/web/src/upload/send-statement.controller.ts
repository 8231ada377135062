import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { authoriseOn, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { AccountWarnings, StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { formErrors, statusOfForm, type FormErrors } from '../shell/errors.js';
import { sayWhenToRetry } from '../shell/problem-pages.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { presentImportWarnings } from './account-queries.presenter.js';
import { presentImportBreaks } from './balance-breaks.presenter.js';
import { presentImport } from './import.presenter.js';
import { uploadBytesMax } from './limits.js';
import { lookFrom, previewLinesPerGroupMax, previewVerdicts, type Look } from './preview-state.js';
import { readUpload } from './read-upload.js';

/** How many possible duplicates are gathered at once where somebody accepts them all. */
const possibleDuplicatesPerReading = 1_000;

/** A statement on its way into the books: sent, read by a job, looked at, and confirmed. */
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
    return this.showForm(reply, principalOf(request), budgetId, {}, undefined);
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
    try {
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
      return await goTo(reply, `/statements/${id}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      sayWhenToRetry(reply, error);
      const errors = formErrors(error, ['file', 'account'], 'file');
      return this.showForm(reply, principal, budgetId, fields, errors, statusOfForm(error));
    }
  }

  @Get('/statements/:importId')
  async progress(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showImport(reply, principalOf(request), importId, lookFrom());
  }

  /** Other lines of the preview. A form, so that what was ticked comes along: nothing is kept and nothing changes. */
  @Post('/statements/:importId/look')
  @RouteConfig({ lists: true })
  async look(
    @Param('importId') importId: string,
    @Body() body: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showImport(reply, principalOf(request), importId, lookFrom(body));
  }

  /** Where somebody comes back to by address: a page that was posted cannot be asked for again. */
  @Get('/statements/:importId/look')
  async lookAgain(@Param('importId') importId: string, @Res() reply: FastifyReply): Promise<unknown> {
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
    const look = lookFrom(body);
    try {
      const accepted = look.acceptAll ? await this.allPossibleDuplicates(principal, importId) : [...look.accepted];
      const report = await this.imports.commit(
        principal,
        importId,
        { acceptAsNew: accepted, confirmed: look.confirmed },
        {
          key: requireId(body['key'], '/key'),
          operation: 'web confirm-statement',
          payload: { importId, accepted },
        },
      );
      request.session.told =
        'state' in report
          ? 'The statement is long: its lines are being added to the books now.'
          : `The statement is in the books: ${report.posted} new, ${report.alreadyHeld} already there.`;
      return await goTo(reply, `/statements/${importId}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      return this.showImport(reply, principal, importId, look, formErrors(error, ['accept'], 'lines'));
    }
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    errors: FormErrors | undefined,
    status?: number,
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
      ...(errors ? { errors } : {}),
    };
    return show(reply, 'upload/send-statement', model, status);
  }

  private async allPossibleDuplicates(principal: Principal, importId: string): Promise<number[]> {
    const positions: number[] = [];
    for (let more = true; more;) {
      const after = positions.at(-1) ?? -1;
      const lines = await this.imports.preview(
        principal,
        importId,
        after,
        possibleDuplicatesPerReading,
        'POSSIBLE_DUPLICATE',
      );
      positions.push(...lines.map(({ position }) => position));
      more = lines.length === possibleDuplicatesPerReading;
    }
    return positions;
  }

  private async showImport(
    reply: FastifyReply,
    principal: Principal,
    importId: string,
    look: Look,
    errors?: FormErrors,
  ): Promise<unknown> {
    const view = await this.imports.view(principal, requireId(importId, '/importId'));
    const verdicts = view.state === 'PARSED' ? previewVerdicts.filter((verdict) => view.counts[verdict] > 0) : [];
    const lines = await Promise.all(
      verdicts.map((verdict) =>
        this.imports.preview(principal, importId, look.starts[verdict].after, previewLinesPerGroupMax, verdict),
      ),
    );
    const account = await this.budgets.designatedAccount(principal, view.designatedAccountId);
    const budgetId = account.budgets[0]?.budgetId ?? null;
    const breaks = presentImportBreaks(view, principal, budgetId);
    const accountWarnings = presentImportWarnings(await this.warnings.ofImport(principal, importId));
    const model = presentImport({
      // Where balances break is told under what does not join, with what to do about it.
      view: { ...view, warnings: view.warnings.filter(({ code }) => code !== 'BALANCE_BREAK') },
      lines: lines.flat(),
      look,
      accountName: account.name,
      budgetId,
    });
    return show(reply, 'upload/import', {
      ...model,
      breaks,
      accountWarnings,
      key: newId(),
      ...(errors ? { errors } : {}),
    } as never);
  }
}
