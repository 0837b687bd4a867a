import { describe, expect, it } from 'vitest'
import { EMPTY_FORM } from '@/lib/entries/mailbox'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { defaultsWith, templateValues } from './mailbox-template'

const NONE: MailboxDefaults = {
  uid: '',
  mailHomeDirectory: '',
  mailStorageDirectory: '',
  mailUidNumber: '',
  mailGidNumber: '',
  mailQuota: '',
  mailEnabled: '',
  parent: '',
}

describe('templateValues', () => {
  it('are what the form and the paths fill in', () => {
    const form = {
      ...EMPTY_FORM,
      title: 'Teacher',
      mailGroupMember: ['staff', 'school'],
      mailHomeDirectory: '/home/one',
    }
    const defaults = { ...NONE, mailStorageDirectory: '/srv/{domain}/{localpart}', uid: '{localpart}' }
    expect(new Map(templateValues({ form, defaults }).map(({ field, value }) => [field, value]))).toEqual(
      new Map([
        ['title', 'Teacher'],
        ['mailGroupMember', 'staff, school'],
        ['mailStorageDirectory', '/srv/{domain}/{localpart}'],
      ]),
    )
  })
})

describe('defaultsWith', () => {
  it('keeps the place of the domain, and what the template leaves open', () => {
    const ofDomain = { ...NONE, parent: 'ou=Mail,dc=x', mailQuota: '1 GB', uid: '{localpart}' }
    const template = { ...NONE, parent: 'ou=Other,dc=x', mailQuota: '5 GB' }
    expect(defaultsWith(template, ofDomain)).toEqual({ ...ofDomain, mailQuota: '5 GB' })
  })
})
