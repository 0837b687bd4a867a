/**
 * mailbox-template - what several new mailboxes have in common, under a name. Plain data, for the browser too.
 *
 * It holds what a duplicate takes from its model (new-mailbox-fields) and the ways to build paths and user name
 * (mailbox-defaults); never an address, a name or a password.
 */
import { EMPTY_FORM, type MailboxForm } from '@/lib/entries/mailbox'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'

/** Longest name of a template. */
export const LONGEST_NAME = 64

export interface MailboxTemplate {
  /** As people call it, and how pages address it; no two are the same but for case. */
  readonly name: string
  readonly makerName: string
  /** RFC 3339. */
  readonly made: string
  readonly form: MailboxForm
  readonly defaults: MailboxDefaults
}

/** A field that a template fills in, with what it puts there. */
export interface TemplateValue {
  readonly field: keyof MailboxForm
  readonly value: string
}

/** Fields in which the form fills in what the defaults say, as a path with the parts of an address. */
const FROM_DEFAULTS = ['mailHomeDirectory', 'mailStorageDirectory'] as const

/** What the template fills in, in the order of the form; that a mailbox is enabled goes without saying. */
export function templateValues({
  form,
  defaults,
}: Pick<MailboxTemplate, 'form' | 'defaults'>): readonly TemplateValue[] {
  const fields = Object.keys(EMPTY_FORM) as (keyof MailboxForm)[]
  return fields.flatMap((field) => {
    const fromDefaults = FROM_DEFAULTS.find((name) => name === field)
    const held = fromDefaults === undefined ? form[field] : defaults[fromDefaults]
    const value = typeof held === 'string' ? held : held.join(', ')
    return value === '' || (field === 'mailEnabled' && value === 'TRUE') ? [] : [{ field, value }]
  })
}

/** The template's defaults where it has some, else those of the domain; the place in the tree is the domain's. */
export function defaultsWith(template: MailboxDefaults, ofDomain: MailboxDefaults): MailboxDefaults {
  const names = Object.keys(ofDomain) as (keyof MailboxDefaults)[]
  return names.reduce(
    (merged, name) =>
      name === 'parent' || template[name] === '' ? merged : { ...merged, [name]: template[name] },
    ofDomain,
  )
}
