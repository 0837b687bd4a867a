import { describe, expect, test } from 'vitest'
import type { Finding, LookupAnswer, Preview, TraceSummary } from '@/lib/changes/preview-result'
import { ELSEWHERE, ownAmong, ownerPreview } from './owner-view'

const isOwn = ownAmong(['ann@own.example', 'Shop@own.example'])

const found = (...values: readonly string[]): LookupAnswer => ({
  status: 'found',
  values,
  value: values.join(','),
  problem: null,
})

const summary: TraceSummary = {
  address: 'shop@own.example',
  accepted: true,
  stage: null,
  reply: null,
  problem: null,
  domainClass: 'virtualMailbox',
  recipients: ['ben@own.example'],
  deliveries: ['ben@own.example', 'ANN@own.example'],
  forwards: [],
  locals: [],
  bounces: [{ address: 'dan@own.example', reason: 'unknown user dan@own.example' }],
  deferrals: [],
}

function preview(...findings: readonly Finding[]): Preview {
  const lookup = {
    parameter: 'virtual_alias_maps',
    map: 'ldap:/etc/postfix/secret.cf',
    before: found('ben@own.example'),
    after: found('ann@own.example'),
    difference: 'changed' as const,
    command: 'postmap -q x ldap:/etc/postfix/secret.cf',
  }
  return {
    checksum: 'c',
    ldif: 'dn: uid=ann,ou=Mail',
    entries: [{ dn: 'uid=ann,ou=Mail', attributes: [] }],
    lookups: [
      { ...lookup, key: 'shop@own.example' },
      { ...lookup, key: 'ben@own.example' },
    ],
    addresses: [
      { address: 'shop@own.example', before: summary, after: summary },
      { address: 'ben@own.example', before: summary, after: summary },
    ],
    findings,
    rehearsal: { status: 'accepted', resultCode: null, message: '', attribute: 'mailAlias' },
  }
}

const taken: Finding = {
  code: 'alias-taken',
  severity: 'blocks',
  message: 'at uid=ben,ou=Mail',
  addresses: ['shop@own.example'],
}

describe('ownerPreview', () => {
  test('shows own addresses and covers others', () => {
    const shown = ownerPreview(preview(), isOwn)
    expect(JSON.stringify(shown)).not.toMatch(/ben@|dan@|secret|uid=/)
    expect(shown.checksum).toBe('c')
    expect(shown.lookups).toHaveLength(1)
    expect(shown.lookups[0]?.before.values).toEqual([ELSEWHERE])
    expect(shown.addresses[0]?.after.deliveries).toEqual([ELSEWHERE, 'ANN@own.example'])
  })
  test('says that an address is somebody’s, once, and nothing else', () => {
    const shown = ownerPreview(preview(taken, { ...taken, code: 'alias-shadows-mailbox' }), isOwn)
    expect(shown.findings).toEqual([
      {
        code: 'address-taken',
        severity: 'blocks',
        message: { key: 'account.finding.taken' },
        addresses: ['shop@own.example'],
      },
    ])
    expect([shown.lookups, shown.addresses]).toEqual([[], []])
  })
  test('leaves out notices about others, and keeps what needs a yes', () => {
    const others = { ...taken, code: 'destination-changes', addresses: ['ben@own.example'] }
    const shown = ownerPreview(
      preview({ ...others, severity: 'notice' }, { ...others, severity: 'confirm' }),
      isOwn,
    )
    expect(shown.findings).toMatchObject([{ severity: 'confirm', addresses: [] }])
    expect(JSON.stringify(shown.findings)).not.toContain('ben@')
  })
})
