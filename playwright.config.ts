import { readdirSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const files = readdirSync(new URL('e2e/panel', import.meta.url)).filter((name) => name.endsWith('.spec.ts'))

/**
 * Browser tests on the production build. Each file is a project, which means a worker, a slapd and a panel of its own:
 * what one file changes no other sees.
 */
export default defineConfig({
  testDir: 'e2e',
  projects: files.map((name) => ({ name: name.replace('.spec.ts', ''), testMatch: `panel/${name}` })),
  outputDir: 'test-results/playwright',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    launchOptions: { executablePath: '/usr/bin/chromium' },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    // A trace of every test costs time; to look into a failure run it with --trace on.
    trace: 'off',
    video: 'off',
  },
})
