import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Config } from '@ringfence/platform';

/**
 * Nothing from elsewhere, no inline style, scripts by nonce. Forms may lead to the identity provider besides, because
 * signing out is a form whose answer redirects there.
 */
export function securityHeaders(config: Config): FastifyHelmetOptions {
  const secure = config.WEB_URL.startsWith('https:');
  return {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'", new URL(config.OIDC_ISSUER).origin],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        'upgrade-insecure-requests': secure ? [] : null,
      },
    },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  };
}
