/**
 * panel - the production build of the panel as a child process, with given settings.
 *
 * Ready when the sign-in page answers. What it prints goes to a log file. Settings of the surrounding shell with
 * the same names are not handed on. Listens on loopback alone: the demo's passwords are known to everyone.
 * Fails by throwing StepError.
 */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../private-slapd'
import { StepError } from '../step.mjs'
import type { Settings } from './environment-file'

const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 10_000

export interface PanelOptions {
  /** The project's folder, with a production build. */
  readonly root: string
  readonly port: number
  readonly settings: Settings
  readonly logFile: string
}

export interface RunningPanel {
  readonly pid: number
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** Whether some program answers on this port under the name localhost, or we may not listen on it. */
export async function portIsTaken(port: number): Promise<boolean> {
  const answered = await Promise.all(['127.0.0.1', '::1'].map((host) => accepts(host, port)))
  return answered.includes(true) || (await freePort(port)) !== port
}

/** Starts the panel and waits for its sign-in page. */
export async function startPanel(options: PanelOptions): Promise<RunningPanel> {
  const log = openSync(options.logFile, 'w', 0o600)
  const next = join(options.root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(options.port)], {
    cwd: options.root,
    env: {
      ...unrelatedVariables(),
      ...options.settings,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // Its own process group: Ctrl-C reaches us alone, and the panel is stopped before the directory.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<void>((settle) => {
    child.once('close', () => {
      settle()
    })
    child.once('error', () => {
      settle()
    })
  })
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  const pid = child.pid
  if (pid === undefined) throw new StepError('The panel cannot be started.')
  const onExit = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', onExit)
  void ended.then(() => process.removeListener('exit', onExit))
  const stop = async (): Promise<void> => {
    if (isRunning()) child.kill('SIGTERM')
    const late = delay(STOPPED_WITHIN_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'))
    await Promise.race([ended, late])
    await ended
  }

  const page = `http://localhost:${options.port}/sign-in`
  const deadline = performance.now() + READY_WITHIN_MS
  for (let status = await statusOf(page); status !== 200; status = await statusOf(page)) {
    const late = performance.now() > deadline
    if (isRunning() && !late) {
      await delay(100)
      continue
    }
    await stop()
    const said = readFileSync(options.logFile, 'utf8').trim().split('\n').slice(-15).join('\n')
    const what = late ? `its sign-in page answers ${status ?? 'nothing'}` : 'it ended'
    throw new StepError(`The panel did not start: ${what}. It said (${options.logFile}):\n${said}`)
  }
  return { pid, ended, stop }
}

/** The HTTP status of a page; `undefined` while nothing answers. */
async function statusOf(page: string): Promise<number | undefined> {
  try {
    const response = await fetch(page, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port })
    const end = (accepted: boolean): void => {
      socket.destroy()
      settle(accepted)
    }
    socket.setTimeout(1_000, () => {
      end(false)
    })
    socket.once('connect', () => {
      end(true)
    })
    socket.once('error', () => {
      end(false)
    })
  })
}

function unrelatedVariables(): NodeJS.ProcessEnv {
  const ours = /^(LDAP|AUTH|NEXTAUTH|POSTFIX|POSTMASTER|POSTBOOK|MAIL_CONFIG)/
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name)),
  ) as NodeJS.ProcessEnv
}
