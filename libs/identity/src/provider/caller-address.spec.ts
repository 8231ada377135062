import type { IncomingMessage } from 'node:http';
import { callerAddress } from './caller-address.js';

const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as never;

describe('Where an attempt to sign in comes from', () => {
  it('is the address of the connection, whatever the caller writes, where no proxy is trusted', () => {
    expect(callerAddress(from('198.51.100.7', '203.0.113.9'), 0)).toBe('198.51.100.7');
    expect(callerAddress(from('::ffff:198.51.100.7'), 0)).toBe('198.51.100.7');
  });

  it('is what the trusted proxies wrote, and not what the caller wrote in front of it', () => {
    expect(callerAddress(from('10.0.0.1', '203.0.113.9'), 1)).toBe('203.0.113.9');
    expect(callerAddress(from('10.0.0.1', '1.1.1.1, 203.0.113.9'), 1)).toBe('203.0.113.9');
    expect(callerAddress(from('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2'), 2)).toBe('203.0.113.9');
    expect(callerAddress(from('10.0.0.1', '203.0.113.9:4711'), 1)).toBe('203.0.113.9');
    expect(callerAddress(from('10.0.0.1', '[2001:db8:1:2::9]:4711'), 1)).toBe('2001:db8:1:2::/64');
  });

  it('is the connection’s where a trusted proxy wrote nothing that is an address', () => {
    for (const forwarded of [undefined, '', 'unknown', '<script>']) {
      expect(callerAddress(from('10.0.0.1', forwarded), 1)).toBe('10.0.0.1');
    }
  });

  it('is the first half of an IPv6 address, which a household has to itself', () => {
    expect(callerAddress(from('2001:DB8:0:42:1:2:3:4'), 0)).toBe('2001:db8:0:42::/64');
    expect(callerAddress(from('2001:db8:0:42::7'), 0)).toBe('2001:db8:0:42::/64');
    expect(callerAddress(from('fe80::1%eth0'), 0)).toBe('fe80:0:0:0::/64');
    expect(callerAddress(from('::1'), 0)).toBe('0:0:0:0::/64');
  });
});
