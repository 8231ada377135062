import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * Where a request comes from, as its attempts to sign in are counted. `X-Forwarded-For` is believed only as far as it
 * was written by proxies of one's own: each adds the address that it was called from at the end, so that with
 * `trustedProxies` of them the caller stands so many places from the end, and what stands before may be made up.
 * IPv6 counts by its first 64 bits, which one household or office has to itself.
 */
export function callerAddress(request: IncomingMessage, trustedProxies = 0): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return countedAs(direct);
  const written = [request.headers['x-forwarded-for'] ?? ''].flat().join(',').split(',');
  const caller = withoutPort(written.at(-Math.min(trustedProxies, written.length)) ?? '');
  return countedAs(isIPv4(caller) || isIPv6(caller) ? caller : direct);
}

function withoutPort(text: string): string {
  const address = text.trim();
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
}

function countedAs(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before, after] = address.split('%')[0]!.split('::') as [string, string | undefined];
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups =
    after === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
