import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { fillTemplate, learnDefaults } from './mailbox-defaults'

const BASE = 'ou=Mail,dc=example,dc=net'

function mailbox(uid: string, mail: string, more: Readonly<Record<string, string>> = {}): Entry {
  const attributes = { uid, mail, mailUidNumber: '5000', mailQuota: '1048576', mailEnabled: 'TRUE', ...more }
  return {
    dn: `uid=${uid},ou=People,${BASE}`,
    attributes: Object.entries(attributes).map(([description, value]) => ({ description, values: [value] })),
  }
}

describe('learnDefaults', () => {
  it('reads folders as templates, and takes the values that most have', () => {
    const defaults = learnDefaults(
      [
        mailbox('ann', 'ann@x.net', { mailHomeDirectory: '/srv/x.net/ann' }),
        mailbox('bsmith', 'ben@x.net', { mailHomeDirectory: '/srv/x.net/ben', mailQuota: '7' }),
        mailbox('cat', 'cat@x.net', { mailHomeDirectory: '/old/cat' }),
      ],
      BASE,
    )
    expect(defaults).toMatchObject({
      uid: '{localpart}',
      mailHomeDirectory: '/srv/{domain}/{localpart}',
      mailStorageDirectory: '',
      mailUidNumber: '5000',
      mailQuota: '1 GB',
      mailEnabled: 'TRUE',
      parent: `ou=People,${BASE}`,
    })
  })

  it('sees user names that are addresses, and folders named by the user name', () => {
    const ofAddress = learnDefaults([mailbox('ann@x.net', 'ann@x.net')], BASE)
    expect(ofAddress.uid).toBe('{localpart}@{domain}')
    const ofUid = learnDefaults(
      [
        mailbox('as', 'ann@x.net', { mailHomeDirectory: '/home/as' }),
        mailbox('bs', 'ben@x.net', { mailHomeDirectory: '/home/bs' }),
      ],
      BASE,
    )
    expect(ofUid.mailHomeDirectory).toBe('/home/{uid}')
  })

  it('never gives two mailboxes one folder', () => {
    const shared = { mailHomeDirectory: '/srv/mail' }
    const defaults = learnDefaults(
      [mailbox('ann', 'ann@x.net', shared), mailbox('ben', 'ben@x.net', shared)],
      BASE,
    )
    expect(defaults.mailHomeDirectory).toBe('')
  })

  it('knows nothing from nothing', () => {
    expect(learnDefaults([], BASE)).toEqual({
      uid: '{localpart}',
      mailHomeDirectory: '',
      mailStorageDirectory: '',
      mailUidNumber: '',
      mailGidNumber: '',
      mailQuota: '',
      mailEnabled: 'TRUE',
      parent: BASE,
    })
  })
})

describe('fillTemplate', () => {
  const parts = { localpart: 'ann', domain: 'x.net', uid: '' }
  it('is empty as long as a part is missing', () => {
    expect(fillTemplate('/srv/{domain}/{localpart}', parts)).toBe('/srv/x.net/ann')
    expect(fillTemplate('/srv/{uid}', parts)).toBe('')
  })
  it('takes no part for a pattern', () => {
    expect(fillTemplate('/{localpart}', { ...parts, localpart: '$&' })).toBe('/$&')
  })
})
