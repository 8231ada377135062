import { Injectable } from '@nestjs/common';
import { KeptUploads, type KeptUploadKind } from '@ringfence/evidence';
import { chooseMembership, PrincipalDirectory, type Principal } from '@ringfence/identity';
import { Problem, requireId } from '@ringfence/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { goTo } from '../shell/render.js';
import { readUpload } from '../upload/read-upload.js';

const nothingChanged = 'You had been signed out before you sent that, so nothing was changed. Please do it again.';

/**
 * Forms that are sent after the session has ended. A file is kept for its sender, who says after signing in again whether
 * it is to be added; of every other form nothing is done, and a notice says so on the page that it came from.
 */
@Injectable()
export class LateForms {
  constructor(
    private readonly directory: PrincipalDirectory,
    private readonly kept: KeptUploads,
  ) {}

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    // What is left of the body is not read: the connection cannot be used again.
    reply.header('connection', 'close');
    const page = pageOfForm(request);
    const kind = request.routeOptions.config.keeps;
    if (kind === undefined) {
      request.session.notice = nothingChanged;
      return goTo(reply, `/sign-in?to=${encodeURIComponent(page)}`);
    }
    const kept = await this.keep(request, reply, kind).catch((error: unknown) => {
      if (error instanceof Problem) return false;
      throw error;
    });
    if (kept) return goTo(reply, '/sign-in?to=/kept-uploads');
    return goTo(reply, `/sign-in/not-kept?to=${encodeURIComponent(page)}`);
  }

  /** Only for who could have sent it in until a while ago, and still may; with the token that their page had. */
  private async keep(request: FastifyRequest, reply: FastifyReply, kind: KeptUploadKind): Promise<boolean> {
    const principal = await this.lapsed(request);
    if (!principal) return false;
    const budgetId = requireId((request.params as { budgetId?: string }).budgetId, '/budgetId');
    this.kept.authorise(principal, kind, budgetId);
    const { fields, file } = await readUpload(request, reply, (_, bytes) =>
      this.kept.admit(principal, kind, budgetId, bytes),
    );
    if (!file) return false;
    const { key: _key, ...form } = fields;
    await this.kept.keep(principal, { kind, budgetId, fields: form, fileName: file.name, bytes: file.bytes });
    return true;
  }

  private async lapsed(request: FastifyRequest): Promise<Principal | undefined> {
    const { lapsed } = request.session;
    if (!lapsed) return undefined;
    const known = await this.directory.bySubject(lapsed.signedIn.issuer, lapsed.signedIn.subject);
    return chooseMembership(known, lapsed.signedIn.authorityId) ?? chooseMembership(known);
  }
}

/** The page that a form is on: at its own address, or at the nearest above it that can be asked for. */
function pageOfForm(request: FastifyRequest): string {
  const pattern = (request.routeOptions.url ?? '/').split('/');
  const path = request.url.split('?')[0]!.split('/');
  for (let parts = pattern.length; parts > 1; parts -= 1) {
    const url = pattern.slice(0, parts).join('/');
    if (request.server.hasRoute({ method: 'GET', url })) return path.slice(0, parts).join('/');
  }
  return '/';
}
