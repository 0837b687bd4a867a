/**
 * expiry-sweep - switches aliases off when their last day is over, on behalf of the person who set it.
 *
 * Runs in the panel now and then. Each alias is paused as its owner would pause it: planned, previewed, committed with
 * all assertions, recorded under the owner's name; it stays theirs. Two panels that sweep at once do not harm each
 * other. What cannot be done now is a line in the log, and is tried again. A note about a mailbox that is gone is
 * forgotten. The caller gives the authorities, because only lib/auth makes them.
 */
import 'server-only'
import { pino } from 'pino'
import { allNotes, dropNote, type FoundNote } from '@/lib/directory/alias-notes'
import type { Authority, Person } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { hasStore } from '@/lib/directory/store'
import { nameOf, readMailbox, MAILBOX_ATTRIBUTES } from '@/lib/entries/mailbox'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { commitTask, previewTask } from './account-commit'
import { today } from './own-notes'

const EVERY_MILLISECONDS = 600_000
const UNDELIVERABLE = 'address-becomes-undeliverable'

const log = pino({ name: 'postbook', base: null })

/** Makes the authorities that a sweep needs. */
export interface SweepAuthorities {
  readonly panel: () => Authority
  readonly owner: (person: Person) => Authority
}

/** Sweeps now and then, until the process ends. */
export function startSweeping(authorities: SweepAuthorities): void {
  const sweep = (): void => {
    sweepExpired(authorities, today()).catch((error: unknown) => {
      // The panel says elsewhere which setting is missing; without settings nothing can have expired.
      if (!(error instanceof ConfigurationProblem)) log.error({ error: String(error) }, 'the sweep failed')
    })
  }
  setInterval(sweep, EVERY_MILLISECONDS).unref()
  sweep()
}

/** Switches off every alias whose last day is before this one; resolves to their addresses. */
export async function sweepExpired(authorities: SweepAuthorities, day: string): Promise<readonly string[]> {
  if (!hasStore()) return []
  const panel = authorities.panel()
  const notes = await allNotes(panel)
  if ('status' in notes) {
    log.warn(
      { diagnostic: notes.diagnostic },
      'aliases that have come to their last day could not be looked for',
    )
    return []
  }
  const due = notes.filter(({ until }) => until !== '' && until < day)
  const swept: string[] = []
  for (const note of due) {
    if (await pause(authorities, panel, note)) swept.push(note.address)
  }
  return swept
}

async function pause(authorities: SweepAuthorities, panel: Authority, note: FoundNote): Promise<boolean> {
  const { address } = note
  const entry = await mailboxOf(panel, note.mailbox)
  if (entry !== null && 'status' in entry) return complain(address, entry.diagnostic)
  if (entry === null) {
    await dropNote(panel, note)
    return false
  }
  const mailbox = readMailbox(entry)
  if (!mailbox.form.aliases.some((alias) => alias.toLowerCase() === address)) {
    // Somebody has removed the alias since: nothing of it is to be kept. One that is paused is at rest already.
    if (!note.paused) await dropNote(panel, note)
    return false
  }
  const owner = authorities.owner({ dn: entry.dn, name: nameOf(mailbox), mail: mailbox.mail })
  const task = { task: 'pause', address } as const
  const seen = await previewTask(owner, task)
  if (seen.status !== 'previewed' || seen.problems.length > 0)
    return complain(address, 'it cannot be planned')
  const done = await commitTask(owner, task, { checksum: seen.preview.checksum, confirmed: [UNDELIVERABLE] })
  if (done.status !== 'saved') return complain(address, done.status)
  log.info({ address, dn: entry.dn, until: note.until }, 'an alias came to its last day and is switched off')
  return true
}

function complain(address: string, reason: string): false {
  log.warn({ address, reason }, 'an alias came to its last day and could not be switched off')
  return false
}

async function mailboxOf(panel: Authority, id: string): Promise<Entry | SearchFailure | null> {
  const result = await search(panel, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'equality', attribute: 'entryUUID', value: id },
    attributes: [...MAILBOX_ATTRIBUTES],
    sizeLimit: 1,
    timeLimit: 0,
    dereference: 0,
  })
  return result.status === 'failed' ? result : (result.entries[0] ?? null)
}
