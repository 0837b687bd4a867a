/**
 * machine - brings a Debian machine that has Node.js, npm and git to where our scripts can run.
 *
 * npm packages come from the lockfile, programs from apt, each only when something is missing; a second run
 * finds everything and does nothing. Installing slapd or postfix must not leave a service of theirs running
 * or configured: debconf is told that they are not to be configured, and policy-rc.d denies service starts for
 * the time of the installation. The answers stay in debconf on purpose: without them the next upgrade of slapd
 * would configure and start it.
 * Fails by throwing StepError; without the right to install, with the exact command to run as root.
 * Authority: invoke-rc.d(8), /usr/share/doc/init-system-helpers/README.policy-rc.d.gz, debconf-set-selections(1).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly, step, StepError } from './step.mjs'

/** @typedef {'slapd' | 'ldap-utils' | 'postfix' | 'postfix-ldap' | 'chromium'} AptPackage */

/**
 * A file of each Debian package that we use; where it is there, the package needs no installing.
 * @type {Readonly<Record<AptPackage, readonly string[]>>}
 */
const FILES = {
  slapd: ['/usr/sbin/slapd', '/usr/lib/ldap/argon2.so', '/etc/ldap/schema/nis.schema'],
  'ldap-utils': ['/usr/bin/ldapsearch'],
  postfix: ['/usr/sbin/postmap'],
  'postfix-ldap': ['/usr/lib/postfix/postfix-ldap.so'],
  chromium: ['/usr/bin/chromium'],
}

/** debconf's question of a package that would otherwise configure a service, and our answer: do not. */
const ANSWERS = [
  'slapd slapd/no_configuration boolean true',
  'postfix postfix/main_mailer_type select No configuration',
]

/**
 * Run as root with the packages as parameters. A policy-rc.d that is already there is put back afterwards,
 * also after an earlier run that was killed in the middle.
 */
const INSTALL = `set -eu
policy=/usr/sbin/policy-rc.d
saved=$policy.before-postbook
restore() { if [ -e "$saved" ]; then mv -f "$saved" "$policy"; else rm -f "$policy"; fi; }
trap restore EXIT
trap 'exit 130' INT TERM HUP
if [ -e "$policy" ] && ! grep -q 'written by postbook' "$policy"; then cp -p "$policy" "$saved"; fi
printf '#!/bin/sh\\n# written by postbook for the time of one installation\\nexit 101\\n' > "$policy"
chmod 755 "$policy"
printf '%s' "$POSTBOOK_ANSWERS" | debconf-set-selections
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install --yes --no-install-recommends "$@"; }
install "$@" || { apt-get update && install "$@"; }
`

/**
 * Installs the npm packages of the lockfile, unless exactly those are there.
 * @param {string} root the project's folder
 * @returns {Promise<void>}
 */
export async function ensureNodePackages(root) {
  if (nodePackagesAreCurrent(root)) return
  await step('Installing npm packages (npm ci)', async () => {
    await runQuietly('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root })
  })
}

/**
 * Installs Debian packages of which a file is missing.
 * @param {readonly AptPackage[]} packages
 * @returns {Promise<void>}
 */
export async function ensureAptPackages(packages) {
  const missing = packages.filter((name) => FILES[name].some((file) => !existsSync(file)))
  if (missing.length === 0) return
  if (!existsSync('/usr/bin/apt-get')) {
    throw new StepError(
      `Missing: ${missing.join(', ')}. This is not Debian (no apt-get); install them by hand.`,
    )
  }
  const asRoot = rootPrefix()
  if (asRoot === undefined) throw new StepError(commandForRoot(missing))
  await step(`Installing ${missing.join(', ')} (apt)`, async () => {
    const proxies = ['http_proxy', 'https_proxy'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [`${name}=${value}`]
    })
    const answers = answersFor(missing).join('\n')
    const installation = [`POSTBOOK_ANSWERS=${answers}`, 'sh', '-c', INSTALL, 'install', ...missing]
    const installed = runQuietly(asRoot.program, [...asRoot.parameters, ...proxies, ...installation], {
      stdin: process.stdin.isTTY ? 'inherit' : 'ignore',
    })
    await installed.catch((/** @type {unknown} */ error) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new StepError(`apt could not install ${missing.join(', ')}. ${reason}`)
    })
  })
}

/**
 * A program that runs its parameters, NAME=value among them, as root: through env alone, through sudo without
 * or (at a terminal) with a password, or `undefined`: no way.
 * @returns {{ readonly program: string, readonly parameters: readonly string[] } | undefined}
 */
function rootPrefix() {
  if (process.getuid?.() === 0) return { program: 'env', parameters: [] }
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) {
    return { program: 'sudo', parameters: ['-n', 'env'] }
  }
  if (process.stdin.isTTY && spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0) {
    return { program: 'sudo', parameters: ['env'] }
  }
  return undefined
}

/**
 * @param {readonly string[]} missing
 * @returns {string}
 */
function commandForRoot(missing) {
  const answers = answersFor(missing).map((line) => `echo "${line}" | debconf-set-selections && `)
  const install = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends`
  return (
    `Missing: ${missing.join(', ')}. Only root can install them. Run this, then start again:\n` +
    `  su -c '${answers.join('')}${install} ${missing.join(' ')}'`
  )
}

/**
 * What debconf is told when these packages are installed.
 * @param {readonly string[]} packages
 * @returns {string[]}
 */
function answersFor(packages) {
  return ANSWERS.filter((line) => packages.some((name) => line.startsWith(`${name} `)))
}

/**
 * npm writes what it has installed to node_modules/.package-lock.json when it is done. Versions are compared
 * and not file times, which a checkout or a copy of the folder changes.
 * @param {string} root
 * @returns {boolean}
 */
function nodePackagesAreCurrent(root) {
  const wanted = lockedVersions(join(root, 'package-lock.json'))
  const installed = lockedVersions(join(root, 'node_modules', '.package-lock.json'))
  return (
    installed.size > 0 &&
    [...wanted].every(([path, { version, optional }]) =>
      // Optional packages are those of other platforms.
      installed.has(path) ? installed.get(path)?.version === version : optional,
    )
  )
}

/**
 * @param {string} file
 * @returns {ReadonlyMap<string, { readonly version: string, readonly optional: boolean }>}
 */
function lockedVersions(file) {
  if (!existsSync(file)) return new Map()
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(file, 'utf8'))
  const lockfile =
    /** @type {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} */ (
      parsed
    )
  return new Map(
    Object.entries(lockfile.packages ?? {})
      .filter(([path]) => path !== '')
      .map(([path, entry]) => [
        path,
        { version: entry.version ?? '', optional: entry.optional === true || entry.devOptional === true },
      ]),
  )
}
