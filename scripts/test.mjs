/**
 * test - `npm test`: everything that is checked, on a machine that may have nothing yet.
 *
 * Stages run one after another and print as they go, but lint, the longest of those that start nothing, runs
 * beside format and unit tests, after the types that it needs. A stage that fails does not keep the later ones
 * from running, unless they rest on it. Format, types, lint and build count as one test each. A stage that ran
 * no test has failed, and so has one that ended badly although it counted no failed test.
 * The last line is `N passed, N failed`; the exit status is 1 when anything failed.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from './build-state.mjs'
import { ensureAptPackages, ensureNodePackages } from './machine.mjs'
import { runMain, StepError } from './step.mjs'

/** @typedef {{ readonly passed: number, readonly failed: number }} Count */

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const reports = mkdtempSync(join(tmpdir(), 'postbook-test-'))

await runMain(async () => {
  try {
    process.chdir(root)
    await ensureNodePackages(root)
    await ensureAptPackages(['slapd', 'ldap-utils', 'postfix', 'postfix-ldap', 'chromium'])
    const count = sum(await stages())
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`)
    return count.failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
})

/**
 * @returns {Promise<readonly Count[]>}
 */
async function stages() {
  const types = await stage('types', () => asOneTest('npm', ['run', '--silent', 'typecheck']))
  const lint = collected('npm', ['run', '--silent', 'lint'])
  const counts = [
    types,
    await stage('format', () => asOneTest('npm', ['run', '--silent', 'format:check'])),
    await stage('unit tests', () => vitest('unit')),
    await stage('lint', async () => {
      const { status, output } = await lint
      process.stdout.write(output)
      return oneTest(status)
    }),
  ]
  const build = await stage('build', buildAsTest)
  counts.push(build, await stage('integration tests', () => vitest('integration')))
  if (build.failed > 0) process.stdout.write('\n== browser tests: not run, there is no build\n')
  else counts.push(await stage('browser tests', playwright))
  return counts
}

/**
 * Prints the name, runs the stage, prints its count.
 * @param {string} name
 * @param {() => Promise<Count>} run
 * @returns {Promise<Count>}
 */
async function stage(name, run) {
  process.stdout.write(`\n== ${name}\n`)
  const since = performance.now()
  const count = await run()
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  process.stdout.write(`== ${name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s\n`)
  return count
}

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 * @returns {Promise<Count>}
 */
async function asOneTest(program, parameters) {
  return oneTest(await run(program, parameters))
}

/**
 * @param {number} status
 * @returns {Count}
 */
function oneTest(status) {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * A build that is newer than every source is kept, so that a demo that runs from it is not disturbed.
 * @returns {Promise<Count>}
 */
async function buildAsTest() {
  try {
    await ensureBuild(root)
    return { passed: 1, failed: 0 }
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    process.stdout.write(`${error.message}\n`)
    return { passed: 0, failed: 1 }
  }
}

/**
 * @param {'unit' | 'integration'} project
 * @returns {Promise<Count>}
 */
async function vitest(project) {
  const report = join(reports, `${project}.json`)
  const status = await run(process.execPath, [
    join('node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ])
  return counted(status, report, vitestCount)
}

/**
 * @returns {Promise<Count>}
 */
async function playwright() {
  const report = join(reports, 'browser.json')
  const status = await run(
    process.execPath,
    [join('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  )
  return counted(status, report, playwrightCount)
}

/**
 * @param {number} status exit status of the stage
 * @param {string} report file that its JSON reporter has written, if it came that far
 * @param {(report: unknown) => Count} read
 * @returns {Count}
 */
function counted(status, report, read) {
  /** @type {Count} */
  let count
  try {
    count = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch (error) {
    process.stdout.write(`There is no report of this stage: ${String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
  if (count.passed + count.failed === 0) {
    process.stdout.write('This stage ran no test.\n')
    return { passed: 0, failed: 1 }
  }
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/**
 * A test file that could not be loaded has no tests in the report; it counts as one failed.
 * @param {unknown} report
 * @returns {Count}
 */
function vitestCount(report) {
  const { numPassedTests, numFailedTests, testResults } =
    /** @type {{ numPassedTests: number, numFailedTests: number, testResults: readonly { status: string, assertionResults: readonly unknown[] }[] }} */ (
      report
    )
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/**
 * A flaky test has failed at least once.
 * @param {unknown} report
 * @returns {Count}
 */
function playwrightCount(report) {
  const { stats } = /** @type {{ stats: { expected: number, unexpected: number, flaky: number } }} */ (report)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
function sum(counts) {
  return counts.reduce(
    (total, count) => ({ passed: total.passed + count.passed, failed: total.failed + count.failed }),
    { passed: 0, failed: 0 },
  )
}

/**
 * Runs a program beside others, and keeps what it prints.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @returns {Promise<{ readonly status: number, readonly output: string }>}
 */
function collected(program, parameters) {
  return new Promise((resolve) => {
    const child = spawn(program, [...parameters], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += String(text)
      })
    child.once('error', (error) => {
      resolve({ status: 1, output: `${program} cannot be started: ${error.message}\n` })
    })
    child.once('close', (code) => {
      resolve({ status: code ?? 1, output })
    })
  })
}

/**
 * Runs a program with our own output, and resolves to its exit status.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {Readonly<Record<string, string>>} [variables]
 * @returns {Promise<number>}
 */
function run(program, parameters, variables = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, [...parameters], {
      env: { ...process.env, ...variables, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', (error) => {
      process.stdout.write(`${program} cannot be started: ${error.message}\n`)
      resolve(1)
    })
    child.once('close', (code) => {
      resolve(code ?? 1)
    })
  })
}
