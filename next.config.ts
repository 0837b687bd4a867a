import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // Types are checked by `npm run typecheck`, tests and scripts included; a build for use need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    resolveAlias: {
      // Compiled messages need no parser in the browser: components/words/compiled-messages.ts.
      'use-intl/format-message': {
        browser: 'use-intl/format-message/format-only',
        default: './components/words/format-message.ts',
      },
    },
  },
  serverExternalPackages: ['ldapts', 'pino'],
}

export default config
