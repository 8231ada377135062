import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, Provider } from 'oidc-provider';
import type { AccountDirectory, ProviderAccount } from './account-directory.js';
import { callerAddress } from './caller-address.js';
import { GuessThrottle, type ThrottleOptions } from './guess-throttle.js';
import { messagePage, signInPage } from './pages.js';
import { formOf, send } from './responses.js';
import { nobodysHash, secretMatches } from './secrets.js';

/** The one page of the provider on which somebody types. */
export class SignInPages {
  private readonly throttle: GuessThrottle;

  constructor(
    private readonly provider: Provider,
    private readonly accounts: AccountDirectory,
    private readonly options: ThrottleOptions,
  ) {
    this.throttle = new GuessThrottle(options.nowMs);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await this.provider.interactionDetails(request, response).catch(() => undefined);
    if (!interaction) {
      const sentence =
        'This sign-in was started too long ago or in another browser: go back to the service and start again.';
      return send(response, 400, messagePage('Start again', sentence));
    }
    if (request.method === 'POST') return this.submitted(request, response, interaction);
    const asked = new URL(request.url ?? '/', 'http://page').searchParams.get('email');
    return this.show(response, interaction, asked ?? interaction.params['login_hint'] ?? '');
  }

  private async submitted(request: IncomingMessage, response: ServerResponse, interaction: Interaction): Promise<void> {
    const form = await formOf(request);
    const [email, password] = [form?.get('email') ?? '', form?.get('password') ?? ''];
    let account: ProviderAccount | undefined;
    const address = callerAddress(request, this.options.trustedProxies);
    const attempt = await this.throttle.attempt(address, countedAs(email), async () => {
      account = await this.accounts.accountByEmail(email);
      // An unknown address takes as long as a wrong password, so that the time does not tell which it was.
      const matches = await secretMatches(password, account?.passwordHash ?? nobodysHash);
      return matches && account !== undefined;
    });
    if ('waitMs' in attempt) {
      const seconds = Math.ceil(attempt.waitMs / 1_000);
      const sentence = `There were too many wrong passwords: wait ${secondsText(seconds)} and try again.`;
      return this.show(response, interaction, email, { status: 429, sentence, retryAfterSeconds: seconds });
    }
    if (!attempt.right || !account) {
      const sentence = 'The email address or the password is wrong: check both and try again.';
      return this.show(response, interaction, email, { status: 422, sentence });
    }
    const result = { login: { accountId: account.subject } };
    return this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private async show(
    response: ServerResponse,
    interaction: Interaction,
    email: string,
    refusal?: { readonly status: number; readonly sentence: string; readonly retryAfterSeconds?: number },
  ): Promise<void> {
    const shown = await this.accounts.shownAccounts();
    const page = signInPage({ action: `/interaction/${interaction.uid}`, email, error: refusal?.sentence, shown });
    // The browser holds the form's redirects to this too, and the last of them leads back to the pages.
    const back = interaction.params['redirect_uri'];
    const wait = refusal?.retryAfterSeconds;
    const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
    send(response, refusal?.status ?? 200, page, back ? [new URL(back).origin] : [], headers);
  }
}

/** One email address counts as one account, however it is written, and whether or not it is known. */
function countedAs(email: string): string {
  return email.trim().toLowerCase().slice(0, 320);
}

function secondsText(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
