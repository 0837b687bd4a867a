/**
 * job-check - the dry run of a job: every row previewed, nothing written.
 *
 * Rows that stand by themselves are previewed in parts of 250, so that the panel stays quick and the number of
 * rows that are done can be told. A part that the directory refuses is asked row by row who is to blame; that row
 * becomes a problem and the others are previewed again. Findings are noted at the rows whose addresses they name.
 * LDAP round trips: those of a preview for each part; for a refused part one more for each 200 rows.
 */
import 'server-only'
import { previewChanges } from '@/lib/changes/preview'
import type { Finding } from '@/lib/changes/preview-result'
import { shownPreview } from '@/lib/changes/shown-preview'
import { rehearseWrite } from '@/lib/directory/rehearsal'
import { formatResultCode } from '@/lib/ldap/result-code'
import { someOf } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { giveWay, type Job, type JobItem, markRows } from './job'
import { samenessOf } from './merged-preview'

/** So many rows are one commit, and are previewed between two breaths of the panel. */
export const PART_SIZE = 250
const JUDGED_AT_A_TIME = 200
const MOST_NOTES = 5

/** What is to be changed, row by row. */
export interface Prepared {
  readonly items: readonly JobItem[]
  /** Whether the rows build on each other, so that they are one part. */
  readonly together: boolean
}

/** Finds out what is to be changed, then previews all of it. A text says why nothing can be. */
export async function checkJob(
  job: Job,
  prepare: (report: (done: number, total: number) => void) => Promise<Prepared | Text>,
): Promise<void> {
  const prepared = await prepare((done, total) => {
    Object.assign(job, { done, total })
  })
  if (isText(prepared)) {
    Object.assign(job, { phase: 'finished', message: prepared })
    return
  }
  job.items = [...prepared.items]
  job.together = prepared.together
  const valid = job.items.flatMap(({ state }, at) => (state === 'valid' ? [at] : []))
  Object.assign(job, { phase: 'checking', done: 0, total: valid.length })
  const size = job.together ? Math.max(valid.length, 1) : PART_SIZE
  for (let at = 0; at < valid.length; at += size) {
    if (stopWanted(job)) return
    await checkPart(job, valid.slice(at, at + size))
    job.done = Math.min(at + size, valid.length)
    await giveWay()
  }
  job.phase = 'checked'
}

/** Whether the person wants no more of it; the job is at its end then. */
export function stopWanted(job: Job): boolean {
  if (!job.stopping) return false
  Object.assign(job, { phase: 'finished', parts: [], message: { key: 'bulk.job.checkStopped' } })
  return true
}

async function checkPart(job: Job, wanted: readonly number[]): Promise<void> {
  let places = wanted
  for (;;) {
    const items = places.flatMap((at) => job.items[at] ?? [])
    if (items.length === 0) return
    const result = await previewChanges(
      job.authority,
      items.flatMap(({ changes }) => changes),
      items.flatMap(({ basis }) => basis),
    )
    if (result.status !== 'previewed') {
      const isDivisible = places.length > 1 && !job.together && result.status !== 'unavailable'
      if (!isDivisible) {
        markRows(job, places, 'problem', [
          result.status === 'stale' ? { key: 'bulk.row.stale', values: { dn: result.dn } } : result.message,
        ])
        return
      }
      // One row may spoil all: each half for itself.
      const middle = Math.ceil(places.length / 2)
      await checkPart(job, places.slice(0, middle))
      places = places.slice(middle)
      continue
    }
    const { preview } = result
    const refused = preview.rehearsal.status === 'refused' && !job.together ? await judge(job, places) : []
    if (refused.length > 0) {
      const gone = new Set(refused)
      places = places.filter((at) => !gone.has(at))
      continue
    }
    noteFindings(job, places, preview.findings)
    const sameness = await samenessOf(preview)
    job.parts.push({ places, seen: { preview: shownPreview(preview), sameness }, takesBack: null })
    return
  }
}

/** The rows that the directory refuses, marked with its words. */
async function judge(job: Job, places: readonly number[]): Promise<readonly number[]> {
  const refused: number[] = []
  for (let at = 0; at < places.length; at += JUDGED_AT_A_TIME) {
    const some = places.slice(at, at + JUDGED_AT_A_TIME)
    await Promise.all(
      some.map(async (place) => {
        for (const change of job.items[place]?.changes ?? []) {
          const result = await rehearseWrite(job.authority, change)
          if (result.status !== 'refused') continue
          const { resultCode, diagnostic } = result
          const reason = [formatResultCode(resultCode), diagnostic].filter((text) => text !== '').join(': ')
          markRows(job, [place], 'problem', [{ key: 'bulk.row.refused', values: { reason } }])
          refused.push(place)
          return
        }
      }),
    )
  }
  return refused
}

/** Notes findings at the rows that they are about; one of many addresses speaks at each row of that row's own. */
export function noteFindings(job: Job, places: readonly number[], findings: readonly Finding[]): void {
  const rows = new Map<string, number[]>()
  for (const at of places)
    for (const address of job.items[at]?.addresses ?? [])
      rows.set(address, [...(rows.get(address) ?? []), at])
  for (const { message, addresses } of findings) {
    const concerned = new Map<number, string[]>()
    for (const address of addresses)
      for (const at of rows.get(address.toLowerCase()) ?? [])
        concerned.set(at, [...(concerned.get(at) ?? []), address])
    for (const [at, own] of concerned) {
      const item = job.items[at]
      if (item !== undefined && item.notes.length < MOST_NOTES)
        job.items[at] = { ...item, notes: [...item.notes, aboutOnly(own, message)] }
    }
  }
}

/** What a finding says, of some of its addresses. */
function aboutOnly(addresses: readonly string[], message: Text): Text {
  if (typeof message === 'string' || message.values?.['addresses'] === undefined) return message
  const { values } = message
  const count = values['count'] === undefined ? {} : { count: addresses.length }
  return { ...message, values: { ...values, ...count, addresses: someOf(addresses) } }
}

function isText(prepared: Prepared | Text): prepared is Text {
  return typeof prepared === 'string' || 'key' in prepared
}
