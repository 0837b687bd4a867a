/**
 * main - the steps of `npm run demo` once the machine has what it needs.
 *
 * Claim the folder, make or keep the directory, build when sources are newer, start slapd and the panel, say
 * where, wait for Ctrl-C, stop both. Whatever ends it, what was started is stopped.
 * Fails by throwing StepError or SlapdError; resolves to the exit status.
 */
import { join, relative } from 'node:path'
import { ensureBuild } from '../build-state.mjs'
import { step, StepError } from '../step.mjs'
import {
  createDirectory,
  generatedMailboxesIn,
  removeDirectory,
  startDirectory,
  type RunningDirectory,
} from './demo-directory'
import type { DemoOptions } from './options.mjs'
import { portIsTaken, startPanel } from './panel'
import { claim, note, release, type DemoNote } from './running-demo'
import { SAMPLE_LOGINS, SAMPLE_PEOPLE } from './sample-people'

const INTERRUPTED = 130

/** Runs the demo until it is stopped. */
export async function runDemo(root: string, options: Readonly<DemoOptions>): Promise<number> {
  const folder = join(root, '.demo')
  const other = await claim(root, folder)
  if (other !== undefined) return describeOther(other, options)
  const interrupted = new Promise<'interrupted'>((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        settle('interrupted')
      })
  })
  const started: { stop(): Promise<void> }[] = []
  try {
    const ready = start(root, folder, options, started)
    const outcome = await Promise.race([ready, interrupted])
    if (typeof outcome === 'number') return outcome
    if (outcome === 'interrupted') {
      // What is being made is abandoned with this process; what was started is stopped below.
      ready.catch(() => undefined)
      setImmediate(() => process.stdout.write('\n'))
      return INTERRUPTED
    }
    const end = await Promise.race([interrupted, outcome.ended])
    process.stdout.write('\n')
    if (end === 'interrupted') return 0
    throw new StepError(`${end} has stopped by itself; its log is in ${relative(root, folder)}.`)
  } finally {
    await stopAll(started)
    release(folder)
    // An abandoned step must not keep the process.
    setImmediate(() => process.exit())
  }
}

interface Ready {
  /** Settles when something that should run has stopped: its name. */
  readonly ended: Promise<string>
}

async function start(
  root: string,
  folder: string,
  options: Readonly<DemoOptions>,
  started: { stop(): Promise<void> }[],
): Promise<Ready | number> {
  const existing = options.reset ? undefined : generatedMailboxesIn(folder)
  if (existing !== undefined && options.mailboxes !== undefined) {
    process.stderr.write(
      `.demo already holds a directory (${size(existing)}); add --reset to throw it away and make a new one.\n`,
    )
    return 2
  }
  if (!options.directoryOnly && (await portIsTaken(options.port))) {
    throw new StepError(
      `Port ${options.port} is taken by another program (or not allowed); choose one: npm run demo -- --port ${options.port + 1}`,
    )
  }
  if (existing === undefined) {
    const mailboxes = options.mailboxes ?? 0
    await step(`Making the directory, ${size(mailboxes)}`, async () => {
      removeDirectory(folder)
      await createDirectory(folder, mailboxes)
    })
  }
  if (!options.directoryOnly) await ensureBuild(root)
  const address = `http://localhost:${options.port}`
  const directory = await step('Starting the directory', async () => {
    const running = await startDirectory(folder, address)
    started.push(running)
    note(folder, { slapd: running.pid, directory: running.uri })
    return running
  })
  const directoryEnded = directory.ended.then(() => 'The directory')
  if (options.directoryOnly) {
    process.stdout.write(directoryText(root, directory))
    return { ended: directoryEnded }
  }
  const panel = await step('Starting the panel', async () => {
    const { settings } = directory
    const running = await startPanel({
      root,
      port: options.port,
      settings,
      logFile: join(folder, 'panel.log'),
    })
    started.push(running)
    return running
  })
  note(folder, { slapd: directory.pid, directory: directory.uri, panel: panel.pid, address })
  process.stdout.write(panelText(root, address, directory))
  return { ended: Promise.race([directoryEnded, panel.ended.then(() => 'The panel')]) }
}

/** In the reverse order of starting; one that cannot be stopped does not keep the others. */
async function stopAll(started: { stop(): Promise<void> }[]): Promise<void> {
  for (let last = started.pop(); last !== undefined; last = started.pop()) await last.stop()
}

function describeOther(other: DemoNote, options: Readonly<DemoOptions>): number {
  const where = other.address ?? other.directory
  process.stdout.write(
    `The demo already runs${where === undefined ? '' : ` at ${where}`} (process ${other.pid}); Ctrl-C there stops it.\n`,
  )
  const wanted = !options.reset && options.mailboxes === undefined
  const served = options.directoryOnly || other.address !== undefined
  return wanted && served ? 0 : 1
}

function size(generated: number): string {
  const people = `${SAMPLE_PEOPLE.length} sample mailboxes`
  return generated === 0 ? people : `${people} and ${generated.toLocaleString('en')} generated ones`
}

function loginRows(): string {
  const rows = SAMPLE_LOGINS.map((login) => {
    const mail = SAMPLE_PEOPLE.find((person) => person.uid === login.uid)?.mail ?? login.uid
    return [login.role, mail, login.password] as const
  })
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length)) + 3
  return rows
    .map(([role, mail, word]) => `  ${role.padEnd(width(0))}${mail.padEnd(width(1))}${word}\n`)
    .join('')
}

function panelText(root: string, address: string, directory: RunningDirectory): string {
  return `
Postbook is ready:  ${address}

Sign in as
${loginRows()}
${directoryLines(root, directory)}
Ctrl-C stops panel and directory; the data stays.
`
}

function directoryText(root: string, directory: RunningDirectory): string {
  return `
The directory is ready:  ${directory.uri}

People (uid or mail address, password)
${loginRows()}
${directoryLines(root, directory)}
Ctrl-C stops it; the data stays.
`
}

function directoryLines(root: string, directory: RunningDirectory): string {
  const tables = `$PWD/${relative(root, directory.postfix)}/ldap`
  return `Directory  ${directory.uri}, settings in ${relative(root, join(directory.folder, 'env'))}
Try        npx postbook postmap -q superjohn@domain2.me ldap:${tables}/ldap-aliases.cf
`
}
