export const NONCE_HEADER = 'x-nonce'

/**
 * Scripts run by nonce only. Styles may stand inline: charts and floating panels are placed by style attributes. `logoOrigin` is
 * the one other site that an image comes from.
 */
export function contentSecurityPolicy(nonce: string, development: boolean, logoOrigin: string | null = null): string {
  return [
    `default-src 'self'`,
    // While developing, React evaluates code to show where an error came from.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:${logoOrigin ? ` ${logoOrigin}` : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
