import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './e2e/fixtures/longest-first'

const root = fileURLToPath(new URL('.', import.meta.url))
const shared = {
  resolve: { alias: { '@': root.replace(/\/$/, '') }, conditions: ['react-server', 'node'] },
  ssr: { resolve: { conditions: ['react-server', 'node'] } },
}

/**
 * unit: pure code, milliseconds, no network.
 * integration: against a real slapd and the real postmap, each in its own temporary folder.
 */
export default defineConfig({
  test: {
    // Most of an integration test is waiting for slapd and Postfix; one worker would leave a core idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          setupFiles: ['e2e/fixtures/property-seed.ts'],
          include: ['{lib,components,scripts}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', 'node_modules/**'],
          // A bound against hanging, far from what any test takes on a busy machine.
          testTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          setupFiles: ['e2e/fixtures/property-seed.ts'],
          include: ['{lib,e2e,scripts}/**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
