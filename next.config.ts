import type { NextConfig } from 'next'
import { BASE_PATH } from './lib/base-path'

const securityHeaders = Object.entries({
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}).map(([key, value]) => ({ key, value }))

const config: NextConfig = {
  basePath: BASE_PATH,
  output: 'standalone',
  // A lockfile above the checkout must not become the root of the build.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // `make check` has the types of the whole tree; a start on a small server need not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // `next dev` answers to localhost alone; DASHBOARD_URL says 127.0.0.1.
  allowedDevOrigins: ['127.0.0.1'],
  serverExternalPackages: ['@node-rs/argon2', 'pino'],
  // The policy for scripts differs by request: proxy.ts.
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
