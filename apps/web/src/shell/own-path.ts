/** The longest path that somebody is led back to; a longer one leads home. */
export const returnPathCharactersMax = 1_000;

/** How often a path is unescaped to see what a proxy on the way may make of it. */
const unescapingsMax = 4;
const home = '/';

/**
 * A path, query and fragment of ours to lead a browser to, from whatever came in a request; home for anything else.
 * The address is first resolved as a browser resolves it, which takes dot segments, backslashes, tabs and line breaks
 * away, and only what results is checked: what is harmless before may not be harmless after (`/..//evil.example`).
 */
export function ownPath(given: unknown, webUrl: string, charactersMax = returnPathCharactersMax): string {
  if (typeof given !== 'string' || given === '' || given.length > charactersMax) return home;
  const { origin } = new URL(webUrl);
  const url = resolved(given, origin);
  if (url?.origin !== origin || url.username !== '' || url.password !== '') return home;
  const path = url.pathname + url.search + url.hash;
  return staysHere(path, origin) && !leadsAwayUnescaped(url.pathname) ? path : home;
}

/** Whether a browser on a page of this origin that is sent to the path arrives at this origin, at this very path. */
function staysHere(path: string, origin: string): boolean {
  const url = resolved(path, origin);
  return url !== undefined && url.origin === origin && url.pathname + url.search + url.hash === path;
}

/** A proxy that unescapes `%2f` or `%5c` before it redirects must not make another host out of the path either. */
function leadsAwayUnescaped(pathname: string): boolean {
  let text = pathname;
  for (let times = 0; times < unescapingsMax; times += 1) {
    if (/^[\s\p{Cc}]*[/\\][\s\p{Cc}]*[/\\]/u.test(text) || /(^|[/\\])\.\.([/\\]|$)/.test(text)) return true;
    const next = unescaped(text);
    if (next === undefined || next === text) return next === undefined;
    text = next;
  }
  return true;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function resolved(address: string, base: string): URL | undefined {
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}
