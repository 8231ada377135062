import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { authorise, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { StatementImports } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { formErrors, type FormErrors } from '../shell/errors.js';
import { goTo, show } from '../shell/show.js';
import { principalOf } from '../shell/signed-in.js';
import { presentImport } from './import.presenter.js';
import { uploadBytesMax } from './limits.js';
import { readUpload } from './read-upload.js';

export const previewLinesPerPageMax = 200;

/** A statement on its way into the books: sent, read by a job, looked at, and confirmed. */
@Controller()
export class SendStatementController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly imports: StatementImports,
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
  @RouteConfig({ upload: true })
  async send(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    let fields: Readonly<Record<string, string>> = {};
    try {
      const upload = await readUpload(request, reply);
      fields = upload.fields;
      if (!upload.file) throw Problem.field('/file', 'Choose the statement that you want to send.');
      const { id } = await this.imports.receive(
        principal,
        {
          designatedAccountId: requireId(fields['account'], '/account'),
          fileName: upload.file.name,
          bytes: upload.file.bytes,
        },
        { key: requireId(fields['key'], '/key'), operation: 'web send-statement', payload: fields },
      );
      return await goTo(reply, `/statements/${id}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      return this.showForm(reply, principal, budgetId, fields, formErrors(error, ['file', 'account'], 'file'));
    }
  }

  @Get('/statements/:importId')
  async progress(
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showImport(reply, principalOf(request), importId, undefined);
  }

  @Post('/statements/:importId/confirm')
  async confirm(
    @Param('importId') importId: string,
    @Body() body: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const accepted = [body['accept'] ?? []]
      .flat()
      .filter((text) => /^\d{1,9}$/.test(text))
      .map(Number);
    try {
      const report = await this.imports.commit(
        principal,
        importId,
        { acceptDoubtful: accepted, confirmed: body['confirmed'] === 'yes' },
        {
          key: requireId(body['key'], '/key'),
          operation: 'web confirm-statement',
          payload: { importId, accepted },
        },
      );
      request.session.told = `The statement is in the books: ${report.posted} new, ${report.alreadyHeld} already there.`;
      return await goTo(reply, `/statements/${importId}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      return this.showImport(reply, principal, importId, formErrors(error, ['accept'], 'lines'));
    }
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    errors: FormErrors | undefined,
  ): Promise<unknown> {
    authorise(principal, 'statements.upload', requireId(budgetId, '/budgetId'));
    const { child } = await this.budgets.budget(principal, budgetId);
    const accounts = await this.budgets.listDesignatedAccounts(principal, { budgetId }, { limit: 20 });
    return show(reply, 'upload/send-statement', {
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
    } as never);
  }

  private async showImport(
    reply: FastifyReply,
    principal: Principal,
    importId: string,
    errors: FormErrors | undefined,
  ): Promise<unknown> {
    const view = await this.imports.view(principal, requireId(importId, '/importId'));
    const lines =
      view.state === 'PARSED' ? await this.imports.preview(principal, importId, -1, previewLinesPerPageMax) : [];
    const account = await this.budgets.designatedAccount(principal, view.designatedAccountId);
    const model = presentImport({
      view,
      lines,
      accountName: account.name,
      budgetId: account.budgets[0]?.budgetId ?? null,
    });
    return show(reply, 'upload/import', { ...model, key: newId(), ...(errors ? { errors } : {}) } as never);
  }
}
