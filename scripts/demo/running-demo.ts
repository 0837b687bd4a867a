/**
 * running-demo - the note that a demo runs in this project folder, so that there is never a second one.
 *
 * .demo/running.json is made with an exclusive open, so of two that start at once one wins. A note whose demo is
 * gone (power cut, SIGKILL) is no obstacle: a slapd or panel that it left behind is stopped, after /proc has
 * shown that the process is still the one we started.
 * Authority: proc(5).
 */
import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StepError } from '../step.mjs'

export interface DemoNote {
  /** Of the demo script. */
  readonly pid: number
  readonly slapd?: number
  readonly panel?: number
  /** Of the panel. */
  readonly address?: string
  /** Of the directory. */
  readonly directory?: string
}

const GONE_WITHIN_MS = 15_000

/** Claims the folder. Returns the note of the demo that already has it, or `undefined`: it is ours now. */
export async function claim(root: string, folder: string): Promise<DemoNote | undefined> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    try {
      writeFileSync(noteFile(folder), JSON.stringify({ pid: process.pid }), { mode: 0o600, flag: 'wx' })
      return undefined
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw new StepError(`${folder} cannot be written: ${String(error)}`)
    }
    const note = readNote(folder)
    if (note !== undefined && isDemo(root, note.pid)) return note
    if (note !== undefined) await stopOrphans(root, folder, note)
    rmSync(noteFile(folder), { force: true })
  }
}

/** Adds to our own note. */
export function note(folder: string, running: Omit<DemoNote, 'pid'>): void {
  writeFileSync(noteFile(folder), JSON.stringify({ pid: process.pid, ...running }), { mode: 0o600 })
}

/** Gives the folder up. */
export function release(folder: string): void {
  rmSync(noteFile(folder), { force: true })
}

function noteFile(folder: string): string {
  return join(folder, 'running.json')
}

function readNote(folder: string): DemoNote | undefined {
  try {
    return JSON.parse(readFileSync(noteFile(folder), 'utf8')) as DemoNote
  } catch {
    // Cut off while it was written, or just released: nobody has the folder.
    return undefined
  }
}

async function stopOrphans(root: string, folder: string, orphaned: DemoNote): Promise<void> {
  const { slapd, panel } = orphaned
  if (
    panel !== undefined &&
    /^(next-server|node)/.test(commandLine(panel)) &&
    workingFolder(panel) === root
  ) {
    await stopProcess(panel)
  }
  if (slapd !== undefined && commandLine(slapd).includes(join(folder, 'slapd.conf'))) await stopProcess(slapd)
}

async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + GONE_WITHIN_MS
  while (commandLine(pid) !== '') {
    if (performance.now() > deadline) throw new StepError(`Process ${pid} of an earlier demo does not end.`)
    await delay(25)
  }
}

function isDemo(root: string, pid: number): boolean {
  return commandLine(pid).includes('demo.mjs') && workingFolder(pid) === root
}

/** Empty for a process that is gone. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
