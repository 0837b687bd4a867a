import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // Types are checked by `npm run typecheck`, tests and scripts included; a build for use need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['ldapts', 'pino'],
}

export default config
