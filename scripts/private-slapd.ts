/**
 * private-slapd - a slapd of our own: one process in one folder on one loopback port.
 *
 * In: a folder and the text of slapd.conf(5). Out: the address, once the server answers. It never touches the
 * system's slapd: own configuration file, own pid, no syslog, and it is stopped by that pid alone. When this
 * program ends, however it ends (SIGKILL apart), the child is stopped too.
 * Fails by throwing SlapdError, one sentence with the last line that slapd said.
 * Authority: slapd(8), slapadd(8), slapd.conf(5); RFC 4511 section 4.5 for the question that tells readiness.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** Where Debian's slapd package puts its programs, modules and schema files. */
export const slapdProgram = '/usr/sbin/slapd'
export const slapaddProgram = '/usr/sbin/slapadd'
export const slapcatProgram = '/usr/sbin/slapcat'
export const moduleFolder = '/usr/lib/ldap'
export const schemaFolder = '/etc/ldap/schema'

const READY_WITHIN_MS = 30_000
const STOPPED_WITHIN_MS = 15_000
const ATTEMPTS = 5

/** A private slapd could not be started, loaded or stopped. The message is one sentence for people. */
export class SlapdError extends Error {}

export interface SlapdOptions {
  /** Holds slapd.conf and slapd.log; made when it is not there, readable by its owner alone. */
  readonly folder: string
  /** slapd.conf(5) as text. The folders that its `directory` lines name are made. */
  readonly configuration: string
  /** Taken when it is free, otherwise another free port is. */
  readonly port?: number
}

export interface RunningSlapd {
  readonly uri: string
  readonly port: number
  readonly pid: number
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** Stops this process and waits until it is gone. Calling it again does nothing. */
  stop(): Promise<void>
}

/** Searches the root DSE anonymously; every LDAP server answers with some message. (RFC 4511 section 4.5.1) */
const ROOT_DSE_SEARCH = Buffer.concat([
  Buffer.from('302502010163200400' + '0a01000a0100' + '020100020100' + '010100' + '870b', 'hex'),
  Buffer.from('objectClass', 'latin1'),
  Buffer.from('3000', 'hex'),
])
const LDAP_MESSAGE_TAG = 0x30

/** Writes slapd.conf and makes the database folders that it names. Returns the path of the file. */
export function writeConfiguration(folder: string, configuration: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  for (const match of configuration.matchAll(/^directory\s+"?([^"\n]+)"?\s*$/gm)) {
    mkdirSync(match[1] ?? folder, { recursive: true, mode: 0o700 })
  }
  const file = join(folder, 'slapd.conf')
  writeFileSync(file, configuration, { mode: 0o600 })
  return file
}

/** A TCP port of 127.0.0.1 that nothing listens on: the wanted one, or one that the system picks. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer()
  const listening = await new Promise<boolean>((settle) => {
    server.once('error', () => {
      settle(false)
    })
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      settle(true)
    })
  })
  if (!listening) {
    if (wanted === 0) throw new SlapdError('No free TCP port on 127.0.0.1.')
    return freePort()
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new SlapdError('No free TCP port on 127.0.0.1.')
  return address.port
}

/** Starts slapd in the foreground of its own process group and waits until it answers. */
export async function startSlapd(options: SlapdOptions): Promise<RunningSlapd> {
  const file = writeConfiguration(options.folder, options.configuration)
  let port = await freePort(options.port)
  for (let attempt = 1; ; attempt += 1) {
    const started = await startOnce(options.folder, file, port)
    if (started !== 'portTaken') return started
    // Somebody took the port between our asking and slapd's listening.
    if (attempt === ATTEMPTS) throw new SlapdError(`slapd found no free port in ${attempt} attempts.`)
    port = await freePort()
  }
}

async function startOnce(folder: string, file: string, port: number): Promise<RunningSlapd | 'portTaken'> {
  const uri = `ldap://127.0.0.1:${port}`
  const logFile = join(folder, 'slapd.log')
  const log = openSync(logFile, 'w', 0o600)
  // -d keeps slapd in the foreground, so that the child's pid is slapd's; -s 0 keeps syslog out.
  // Its own process group: Ctrl-C in a terminal reaches us alone, and we stop the panel before the directory.
  const child = spawn(slapdProgram, ['-f', file, '-h', `${uri}/`, '-d', 'none', '-s', '0'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = endOf(child)
  const pid = child.pid
  if (pid === undefined)
    throw new SlapdError(`${slapdProgram} cannot be started: is the package slapd installed?`)
  const onExit = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', onExit)
  void ended.then(() => process.removeListener('exit', onExit))

  const deadline = performance.now() + READY_WITHIN_MS
  while (!(await answers(port))) {
    if (hasEnded(child)) {
      const said = readFileSync(logFile, 'utf8')
      if (/Address already in use|bind\(\d+\) failed/.test(said)) return 'portTaken'
      throw new SlapdError(`slapd did not start: ${lastLine(said)} (${logFile})`)
    }
    if (performance.now() > deadline) {
      await stopChild(child, ended)
      throw new SlapdError(`slapd did not answer within ${READY_WITHIN_MS / 1000} seconds (${logFile}).`)
    }
    await delay(15)
  }
  // Somebody else may be the one who answers; then our slapd has failed to bind and is gone.
  if (hasEnded(child)) return 'portTaken'
  return { uri, port, pid, ended, stop: () => stopChild(child, ended) }
}

/** Loads LDIF into a database that no slapd has open, as slapadd(8) does. */
export async function loadLdif(
  folder: string,
  ldif: string | Iterable<string>,
  options: { readonly suffix?: string; readonly quick?: boolean } = {},
): Promise<void> {
  const choice = options.suffix === undefined ? [] : ['-b', options.suffix]
  const quick = options.quick === true ? ['-q'] : []
  const child = spawn(slapaddProgram, ['-f', join(folder, 'slapd.conf'), ...choice, ...quick], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = endOf(child)
  const written = pipeline(Readable.from(typeof ldif === 'string' ? [ldif] : ldif), child.stdin)
  // A slapadd that refuses an entry closes its input; its own words say more than our broken pipe.
  const wrote = await written.then(
    () => true,
    () => false,
  )
  await ended
  if (child.exitCode !== 0) throw new SlapdError(`slapadd refused the data: ${lastLine(said)}`)
  if (!wrote) throw new SlapdError('slapadd did not read all of the data.')
}

/** Whatever LDAP server listens on this port of 127.0.0.1 answers. */
export function answers(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host: '127.0.0.1', port })
    const end = (answered: boolean): void => {
      socket.destroy()
      settle(answered)
    }
    socket.setTimeout(1_000, () => {
      end(false)
    })
    socket.once('error', () => {
      end(false)
    })
    socket.once('close', () => {
      end(false)
    })
    socket.once('connect', () => socket.write(ROOT_DSE_SEARCH))
    socket.once('data', (bytes) => {
      end(bytes[0] === LDAP_MESSAGE_TAG)
    })
  })
}

/** The entries of a database as LDIF, read from its files as slapcat(8) does; operational attributes too. */
export function dumpLdif(folder: string, suffix: string): string {
  return execFileSync(
    slapcatProgram,
    ['-f', join(folder, 'slapd.conf'), '-b', suffix, '-o', 'ldif-wrap=no'],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    child.once('close', () => {
      settle()
    })
    child.once('error', () => {
      settle()
    })
  })
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!hasEnded(child)) child.kill('SIGTERM')
  const impatience = new AbortController()
  const late = delay(STOPPED_WITHIN_MS, 'late' as const, { signal: impatience.signal }).catch(
    () => 'aborted' as const,
  )
  if ((await Promise.race([ended, late])) === 'late') {
    child.kill('SIGKILL')
    await ended
  }
  impatience.abort()
}

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[0-9a-f.]+ 0x[0-9a-f]+ /, '').trim())
  return (
    lines.findLast((line) => line !== '' && !/slapd stopped|connections_destroy/.test(line)) ??
    'it said nothing'
  )
}
