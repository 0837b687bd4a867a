/**
 * shown-change - a change as screens show it. Crosses to the browser: texts only, and never a password.
 */
import { originOfSession } from '@/lib/changes/commit/commit-origin'
import { ldifOfChanges } from '@/lib/changes/ldif-of-change'
import type { Schema } from '@/lib/ldap/schema'
import type { CurrentEntry } from './current-entries'
import { differencesOf, type ShownDifference } from './difference'
import { changeOf, type HistoryEntry, mentionedValues, nameValueOf } from './history-entry'
import { isSameName } from './history-query'
import { isoTimeOf } from '@/lib/ldap/generalized-time'
import type { Text } from '@/lib/words/text'
import { sentenceOf } from './sentence'
import type { Together } from './together'

export interface ShownChange {
  readonly id: string
  /** ISO 8601. */
  readonly time: string
  readonly sentence: Text
  readonly who: { readonly name: Text; readonly dn: string }
  /** Through what the change came, and from where. */
  readonly origin: Text
  readonly entry: {
    readonly name: string
    /** As it was called at the time. */
    readonly dn: string
    /** entryUUID of the mailbox if it is one and still there. */
    readonly mailboxId: string | null
  }
  /** What it was made together with; null if it stands by itself. */
  readonly together: ShownTogether | null
}

export interface ShownTogether {
  /** Names the task or the commit. */
  readonly id: string
  /** How many changes it is. */
  readonly count: number
  /** Whether this line stands for all of them. */
  readonly asOne: boolean
}

export interface ShownDetail extends ShownChange {
  readonly differences: readonly ShownDifference[]
  readonly ldif: string
}

/** How the panel itself appears in the log. */
export interface PanelAccount {
  readonly dn: string
}

/** The change for a list. */
export function shownChange(
  change: HistoryEntry,
  now: CurrentEntry | undefined,
  names: ReadonlyMap<string, string>,
  panel: PanelAccount,
  schema: Schema,
): ShownChange {
  const who = whoMade(change, names, panel)
  const name = entryName(change, now)
  const mailboxId = now?.isMailbox === true ? now.uuid : null
  return {
    id: change.id,
    time: isoTimeOf(change.id),
    sentence: sentenceOf(change, who, name, schema),
    who: { name: who, dn: change.authorizationDn },
    origin: originOf(change),
    entry: { name, dn: change.dn, mailboxId },
    together: null,
  }
}

/** The change as one of several, or as the line for all of them. */
export function withOthers(
  shown: ShownChange,
  { id, title, count, steps }: Together,
  asOne: boolean,
): ShownChange {
  const together = { id, count, asOne }
  if (!asOne) return { ...shown, together }
  const sentence: Text =
    title === null
      ? { key: 'history.together.commit', values: { sentence: shown.sentence, others: count - 1 } }
      : { key: 'history.together.task', values: { who: shown.who.name, title, count, steps } }
  return { ...shown, sentence, together }
}

/** The change with all that differs and its LDIF. */
export function shownDetail(shown: ShownChange, change: HistoryEntry, schema: Schema): ShownDetail {
  const missing = change.unrecorded.map((attribute) => `# ${attribute} was changed and is not recorded\n`)
  return {
    ...shown,
    differences: differencesOf(change, schema),
    ldif: `${missing.join('')}${ldifOfChanges([changeOf(change)])}`,
  }
}

function whoMade(change: HistoryEntry, names: ReadonlyMap<string, string>, panel: PanelAccount): Text {
  const { authorizationDn, session } = change
  if (authorizationDn === '') return { key: 'history.who.anonymous' }
  if (isSameName(authorizationDn, panel.dn) && originOfSession(session) === null)
    return { key: 'history.who.panel' }
  return names.get(authorizationDn.toLowerCase()) ?? nameValueOf(authorizationDn)
}

function originOf({ session }: HistoryEntry): Text {
  const origin = originOfSession(session)
  if (origin === null) return { key: 'history.origin.otherProgram', values: { session } }
  if (origin.program === 'commandLine')
    return { key: 'history.origin.commandLine', values: { host: origin.host } }
  return origin.address === null
    ? { key: 'history.origin.panel' }
    : { key: 'history.origin.browser', values: { address: origin.address } }
}

function entryName(change: HistoryEntry, now: CurrentEntry | undefined): string {
  if (now !== undefined && now.name !== '') return now.name
  for (const attribute of ['displayName', 'cn', 'dc', 'mail']) {
    const [value] = mentionedValues(change, attribute)
    if (value !== undefined) return value
  }
  return nameValueOf(change.dn)
}
