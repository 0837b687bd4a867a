/**
 * step - one line per step of a script: what is done, and how long it took.
 *
 * Runs before npm packages exist, so plain JavaScript on node: modules alone.
 * Fails by throwing StepError, whose message is for people and is printed without a stack trace.
 */
import { spawn } from 'node:child_process'

/** A step could not be done. The message says what happened and what to do. */
export class StepError extends Error {}

/**
 * Prints the title, does the work, adds the time. What the work resolves to is handed on; a string is
 * printed as the outcome instead of "done".
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = performance.now()
  process.stdout.write(`${title} … `)
  try {
    const result = await work()
    process.stdout.write(`${typeof result === 'string' ? result : 'done'}, ${elapsed(since)}\n`)
    return result
  } catch (error) {
    process.stdout.write(`failed, ${elapsed(since)}\n`)
    throw error
  }
}

/**
 * Runs a program without showing what it prints. Refuses with the end of its output when it fails.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv, readonly stdin?: 'ignore' | 'inherit' }} [options]
 * @returns {Promise<string>} what it printed
 */
export function runQuietly(program, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...parameters], {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? process.env,
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
    })
    const onExit = () => child.kill()
    process.once('exit', onExit)
    let printed = ''
    /** @param {Buffer} bytes */
    const keep = (bytes) => {
      printed += bytes.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => {
      reject(new StepError(`${program} cannot be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      process.removeListener('exit', onExit)
      if (code === 0) {
        resolve(printed)
        return
      }
      // What stands before a carriage return was drawn over on the screen.
      const tail = printed
        .replace(/^.*\r(?!\n)/gm, '')
        .trim()
        .split('\n')
        .slice(-25)
        .join('\n')
      const status = code === null ? `was ended by ${String(signal)}` : `ended with status ${String(code)}`
      reject(
        new StepError(
          `${[program, ...parameters].join(' ').split('\n', 1).join('').slice(0, 120)} ${status}:\n${tail}`,
        ),
      )
    })
  })
}

/**
 * Runs the main function of a script; a StepError becomes its sentence and exit status 1.
 * @param {() => Promise<number>} main resolves to the exit status
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    // Errors of our own are sentences for people. Anything else is a bug and keeps its stack trace.
    if (!(error instanceof Error) || !['StepError', 'SlapdError'].includes(error.constructor.name))
      throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * @param {number} since a reading of performance.now()
 * @returns {string}
 */
function elapsed(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
