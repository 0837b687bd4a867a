/**
 * journal-holder - the process that holds something, as a text that others can read, and whether it still lives.
 *
 * Host, pid namespace, pid and start time, since pids come again and mean nothing elsewhere. Of a process that
 * cannot be seen from here nothing is claimed. Authority: proc(5), kill(2), pid_namespaces(7).
 */
import 'server-only'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod'

const holder = z.object({ host: z.string(), space: z.string(), pid: z.number(), start: z.string() })

/** `foreign`: on another host or in another container. */
export type Life = 'alive' | 'dead' | 'foreign' | 'unreadable'

/** This process, to be read by {@link lifeOf}. */
export function thisProcess(): string {
  return JSON.stringify({
    host: hostname(),
    space: pidSpace(),
    pid: process.pid,
    start: startOf(process.pid),
  })
}

/** Whether the process of this text lives. */
export function lifeOf(text: string): Life {
  const read = holder.safeParse(parsed(text))
  if (!read.success) return 'unreadable'
  const { host, space, pid, start } = read.data
  if (host !== hostname() || space !== pidSpace()) return 'foreign'
  return startOf(pid) === start && exists(pid) ? 'alive' : 'dead'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process was started, in ticks since the system was; empty where that cannot be told. */
function startOf(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program stands in brackets and may hold anything; the start is the 20th field after it.
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
