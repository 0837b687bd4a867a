'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { MailboxField } from '@/lib/entries/mailbox-attributes'
import { type FieldAccess, MailboxFieldRow } from './mailbox-field'

const ADDRESSES: readonly MailboxField[] = ['aliases', 'mailForwardingAddress']
const DELIVERY: readonly MailboxField[] = ['mailEnabled', 'mailQuota', 'mailGroupMember']
const NAMES: readonly MailboxField[] = ['givenName', 'sn', 'cn']
const CONTACT: readonly MailboxField[] = ['displayName', 'title', 'telephoneNumber', 'mobile']
const MORE: readonly MailboxField[] = [
  'ou',
  'departmentNumber',
  'roomNumber',
  'employeeNumber',
  'employeeType',
  'o',
  'street',
  'postalCode',
  'l',
  'postalAddress',
  'homePhone',
  'facsimileTelephoneNumber',
  'preferredLanguage',
  'initials',
  'labeledURI',
  'description',
]
const STORAGE: readonly MailboxField[] = [
  'mailHomeDirectory',
  'mailStorageDirectory',
  'mailUidNumber',
  'mailGidNumber',
  'mailSieveRuleSource',
]

interface MailboxSectionsProps {
  readonly access: FieldAccess
  /** The rows above the aliases: the mailbox's own address. */
  readonly address: ReactNode
  /** For a new mailbox: the name first, from which the rest follows, and this below the addresses. */
  readonly password?: ReactNode
}

/** All fields of a mailbox in sections, the frequent ones open. */
export function MailboxSections({ access, address, password }: MailboxSectionsProps): ReactNode {
  const isNew = password !== undefined
  const addresses = (
    <Section key="addresses" name="addresses">
      {address}
      <Rows access={access} fields={ADDRESSES} />
    </Section>
  )
  const person = (
    <Section key="person" name="person">
      <Rows access={access} fields={isNew ? NAMES : [...NAMES, ...CONTACT]} />
    </Section>
  )
  const delivery = (
    <Section key="delivery" name="delivery">
      <Rows access={access} fields={DELIVERY} />
    </Section>
  )
  return (
    <>
      {isNew ? [person, addresses, password, delivery] : [addresses, delivery, person]}
      <Folded access={access} name="more" fields={isNew ? [...CONTACT, ...MORE] : MORE} />
      <Folded access={access} name="storage" fields={STORAGE} />
    </>
  )
}

function Rows({
  access,
  fields,
}: {
  readonly access: FieldAccess
  readonly fields: readonly MailboxField[]
}): ReactNode {
  return fields.map((field) => <MailboxFieldRow key={field} access={access} field={field} />)
}

function Section({
  name,
  children,
}: {
  readonly name: 'addresses' | 'person' | 'delivery'
  readonly children: ReactNode
}): ReactNode {
  const t = useTranslations('mailbox.section')
  return (
    <section aria-labelledby={`section-${name}`}>
      <h2 id={`section-${name}`} className="caption mt-6 mb-2.5">
        {t(name)}
      </h2>
      {children}
    </section>
  )
}

interface FoldedProps {
  readonly access: FieldAccess
  readonly name: 'more' | 'storage'
  readonly fields: readonly MailboxField[]
}

/** A section that is closed at first; a problem in it opens it. */
function Folded({ access, name, fields }: FoldedProps): ReactNode {
  const t = useTranslations('mailbox')
  const filled = fields.filter((field) => access.form[field].length > 0).length
  const isFaulty = access.problems.some((problem) => fields.some((field) => field === problem.field))
  return (
    <details className="mt-4 border-t border-line pt-1" open={isFaulty ? true : undefined}>
      <summary className="min-h-8 py-1.5">
        <span className="caption">{t(`section.${name}`)}</span>
        <span className="pl-2 text-[13px] text-soft">{t('filledIn', { count: filled })}</span>
      </summary>
      <div className="pt-2">
        <Rows access={access} fields={fields} />
      </div>
    </details>
  )
}
