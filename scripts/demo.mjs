/**
 * demo - `npm run demo`: from a clone to a panel on a demo directory, with one command.
 *
 * First what needs no npm package: options, the machine. Then the rest, in TypeScript, in this same process,
 * so that signals reach it without a detour. Exit status: 0 stopped by Ctrl-C, 1 failed, 2 wrong options.
 */
import { fileURLToPath } from 'node:url'
import { HELP, parseOptions } from './demo/options.mjs'
import { ensureAptPackages, ensureNodePackages } from './machine.mjs'
import { runMain } from './step.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

await runMain(async () => {
  const parsed = parseOptions(process.argv.slice(2), process.env)
  if (parsed.status === 'help') {
    process.stdout.write(HELP)
    return 0
  }
  if (parsed.status === 'refused') {
    process.stderr.write(`${parsed.sentence}\n`)
    return 2
  }
  process.chdir(root)
  await ensureNodePackages(root)
  await ensureAptPackages(['slapd', 'ldap-utils'])
  const { tsImport } = await import('tsx/esm/api')
  /** @type {unknown} */
  const main = await tsImport('./demo/main.ts', import.meta.url)
  const { runDemo } = /** @type {typeof import('./demo/main')} */ (main)
  return runDemo(root, parsed.options)
})
