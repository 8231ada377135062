export interface Seen {
  readonly status: number;
  /** Where the redirects ended. */
  readonly url: string;
  readonly text: string;
  readonly headers: Headers;
}

/** As much of a browser as signing in takes: cookies by host, and redirects, as far as an address to stop at. */
export class CookieClient {
  readonly cookies = new Map<string, string>();
  /** Every redirect that was followed: the page that gave it, and where it leads as a browser resolves it. */
  readonly redirects: { readonly from: string; readonly to: string }[] = [];

  constructor(private readonly stopAt?: string) {}

  get(url: string): Promise<Seen> {
    return this.follow(url, {});
  }

  post(url: string, form: Readonly<Record<string, string>>): Promise<Seen> {
    return this.follow(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  send(url: string, init: RequestInit): Promise<Seen> {
    return this.follow(url, init);
  }

  private async follow(url: string, init: RequestInit): Promise<Seen> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      this.cookies.set(name!, value!);
    }
    const { status, headers } = response;
    const location = headers.get('location');
    if (location === null) return { status, url, text: await response.text(), headers };
    const next = new URL(location, url).href;
    this.redirects.push({ from: url, to: next });
    if (this.stopAt !== undefined && next.startsWith(this.stopAt)) return { status, url: next, text: '', headers };
    return this.follow(next, {});
  }
}

/** The value of a hidden field of a page. */
export function hidden(page: Seen, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1];
  if (found === undefined) throw new Error(`${page.url} has no field ${name}.`);
  return found;
}
