'use client'

/**
 * new-mailbox-editing - the state of the form of a new mailbox: what was typed, and what follows from it.
 *
 * What nobody has typed follows from what was typed: the full name from its parts, the user name and the folders
 * from the address and the templates of the domain. A field that was typed keeps what was typed.
 */
import { useRef, useState } from 'react'
import { type Editing, type PreviewAction, type SaveAction, useEditing } from '@/components/preview/editing'
import type { CreatedMailbox } from '@/lib/changes/mailbox-password-state'
import type { MailboxForm } from '@/lib/entries/mailbox'
import { fillTemplate, type MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import type { NewMailboxField } from '@/lib/entries/new-mailbox-fields'
import { type Drafts, withDrafts } from './mailbox-editing'
import type { ChosenPassword } from './password-choice'

export interface NewSubmission {
  readonly uid: string
  readonly mail: string
  readonly parent: string
  readonly form: MailboxForm
  readonly password: ChosenPassword
}

export interface NewMailboxActions {
  readonly preview: PreviewAction<NewSubmission, NewMailboxField, CreatedMailbox>
  readonly save: SaveAction<NewSubmission, NewMailboxField, CreatedMailbox>
  /** What new mailboxes of a domain should look like; null when nobody can tell now. */
  readonly learn: (domain: string) => Promise<MailboxDefaults | null>
}

export interface NewMailboxEditing extends Editing<NewMailboxField, CreatedMailbox> {
  readonly localpart: string
  readonly domain: string
  readonly uid: string
  readonly form: MailboxForm
  readonly drafts: Drafts
  readonly password: ChosenPassword
  /** The mailbox that was created with this form; null before. */
  readonly created: CreatedMailbox | null
  readonly setLocalpart: (localpart: string) => void
  readonly setDomain: (domain: string) => void
  readonly setUid: (uid: string) => void
  readonly setForm: (form: MailboxForm) => void
  readonly setDrafts: (drafts: Drafts) => void
  readonly setPassword: (password: ChosenPassword) => void
  readonly discard: () => void
}

interface Start {
  readonly domain: string
  readonly defaults: MailboxDefaults
  readonly form: MailboxForm
}

interface Typed {
  readonly localpart: string
  readonly domain: string
  /** null as long as nobody typed one. */
  readonly uid: string | null
  readonly form: Partial<MailboxForm>
  readonly drafts: Drafts
  readonly password: ChosenPassword
}

/** Holds the state of the form. */
export function useNewMailboxEditing(start: Start, actions: NewMailboxActions): NewMailboxEditing {
  const nothing: Typed = {
    localpart: '',
    domain: start.domain,
    uid: null,
    form: {},
    drafts: {},
    password: { kind: 'generated', password: '' },
  }
  const [typed, setTyped] = useState(nothing)
  const [defaults, setDefaults] = useState(start.defaults)
  const [created, setCreated] = useState<CreatedMailbox | null>(null)
  const wantedDomain = useRef(start.domain)
  const { uid, form } = followed(start.form, typed, defaults)
  const { localpart, domain, drafts, password } = typed
  const mail = localpart.trim() === '' ? '' : `${localpart.trim()}@${domain}`
  const editing = useEditing({
    submission: { uid, mail, parent: defaults.parent, form: withDrafts(form, drafts), password },
    changed: created === null && localpart.trim() !== '',
    preview: actions.preview,
    save: actions.save,
    onSaved: setCreated,
  })
  const change = (next: Partial<Typed>): void => {
    setTyped((before) => ({ ...before, ...next }))
    editing.forgetOutcome()
  }

  async function learn(next: string): Promise<void> {
    wantedDomain.current = next
    const learned = await actions.learn(next).catch(() => null)
    if (learned !== null && wantedDomain.current === next) setDefaults(learned)
  }

  return {
    ...editing,
    ...{ localpart, domain, uid, form, drafts, password, created },
    setLocalpart: (text) => {
      // Whoever pastes a whole address means both parts.
      const at = text.indexOf('@')
      change({ localpart: at < 0 ? text : text.slice(0, at) })
    },
    setDomain: (next) => {
      change({ domain: next })
      void learn(next)
    },
    setUid: (next) => {
      change({ uid: next })
    },
    setForm: (next) => {
      change({ form: { ...typed.form, ...changesOf(form, next) } })
    },
    setDrafts: (next) => {
      change({ drafts: next })
    },
    setPassword: (next) => {
      change({ password: next })
    },
    discard: () => {
      setTyped({ ...nothing, domain })
      editing.restart()
    },
  }
}

/** The form with everything that follows from what was typed. */
function followed(
  start: MailboxForm,
  typed: Typed,
  defaults: MailboxDefaults,
): { readonly uid: string; readonly form: MailboxForm } {
  const { domain } = typed
  const localpart = typed.localpart.trim().toLowerCase()
  const uid = typed.uid ?? fillTemplate(defaults.uid, { localpart, domain, uid: '' })
  const fill = (template: string): string => fillTemplate(template, { localpart, domain, uid: uid.trim() })
  const { givenName = '', sn = '' } = typed.form
  return {
    uid,
    form: {
      ...start,
      cn: [givenName.trim(), sn.trim()].filter((part) => part !== '').join(' '),
      mailHomeDirectory: fill(defaults.mailHomeDirectory),
      mailStorageDirectory: fill(defaults.mailStorageDirectory),
      mailUidNumber: start.mailUidNumber || defaults.mailUidNumber,
      mailGidNumber: start.mailGidNumber || defaults.mailGidNumber,
      mailQuota: start.mailQuota || defaults.mailQuota,
      mailEnabled: defaults.mailEnabled,
      ...typed.form,
    },
  }
}

function changesOf(before: MailboxForm, after: MailboxForm): Partial<MailboxForm> {
  const keys = Object.keys(after) as (keyof MailboxForm)[]
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]))
}
