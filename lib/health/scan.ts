/**
 * scan - a new look at the whole directory on somebody's wish, while the person goes on working.
 *
 * One for the whole panel, as all postmasters see the same. It is no job of lib/plans: it changes nothing, and must
 * not push aside what the person has checked there. Until it is done the facts from before are shown, and they stay
 * when it is stopped or fails. Asked for its progress by the browser twice a second.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Authority } from '@/lib/directory/authority'
import { mailboxesAtLastSurvey, USER_CANCELLED } from '@/lib/lists/survey'
import type { ScanProgress } from './scan-state'
import { renewFacts } from './directory-facts'

const log = pino({ name: 'postbook', base: null })

type Scan = { -readonly [Name in keyof ScanProgress]: ScanProgress[Name] }

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & { postbookScan?: Scan }

/** How far the last look is; null before the first. */
export function scanProgress(): ScanProgress | null {
  return holder.postbookScan === undefined ? null : { ...holder.postbookScan }
}

/** Begins to look, unless somebody has begun already. */
export function beginScan(authority: Authority): ScanProgress {
  if (holder.postbookScan?.phase === 'looking') return { ...holder.postbookScan }
  const scan: Scan = {
    id: randomUUID(),
    phase: 'looking',
    done: 0,
    total: mailboxesAtLastSurvey(),
    stopping: false,
    message: null,
  }
  holder.postbookScan = scan
  void work(scan, authority).catch((error: unknown) => {
    log.error({ error: String(error) }, 'a look at the directory failed')
    end(scan, 'failed', String(error))
  })
  return { ...scan }
}

/** Ends the look that is under way, after the part that is being read. */
export function stopScan(): void {
  if (holder.postbookScan?.phase === 'looking') holder.postbookScan.stopping = true
}

async function work(scan: Scan, authority: Authority): Promise<void> {
  const facts = await renewFacts(authority, (mailboxes) => {
    scan.done = mailboxes
    return !scan.stopping
  })
  if (facts.status === 'known') end(scan, 'finished', null)
  else if (facts.resultCode === USER_CANCELLED) end(scan, 'stopped', null)
  else end(scan, 'failed', facts.diagnostic)
}

function end(scan: Scan, phase: Scan['phase'], message: string | null): void {
  scan.phase = phase
  scan.message = message
}
