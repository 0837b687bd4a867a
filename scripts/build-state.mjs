/**
 * build-state - whether the production build (next build and the command line) is newer than every source.
 *
 * Fails towards building: what cannot be read counts as changed.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly, step } from './step.mjs'

/** Written last by `next build`. */
const BUILD = join('.next', 'BUILD_ID')

const SOURCES = [
  'app',
  'bin',
  'components',
  'lib',
  'messages',
  'public',
  'scripts/build-cli.mjs',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
]

/**
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function buildIsCurrent(root) {
  const build = join(root, BUILD)
  if (!existsSync(build)) return false
  const built = statSync(build).mtimeMs
  return SOURCES.map((source) => join(root, source)).every(
    (source) => !existsSync(source) || isOlder(source, built),
  )
}

/**
 * Builds, when something is newer than the last build.
 * @param {string} root
 * @returns {Promise<void>}
 */
export async function ensureBuild(root) {
  if (buildIsCurrent(root)) return
  await step('Building the panel', async () => {
    await runQuietly('npm', ['run', 'build'], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    })
  })
}

/**
 * Folders count too: theirs is the time at which a file was added or removed.
 * @param {string} path
 * @param {number} time
 * @returns {boolean}
 */
function isOlder(path, time) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) || stat.mtimeMs < time
  if (stat.mtimeMs >= time) return false
  return readdirSync(path).every((name) => isOlder(join(path, name), time))
}
