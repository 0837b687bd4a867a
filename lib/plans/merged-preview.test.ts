import { expect, test } from 'vitest'
import type { Finding } from '@/lib/changes/preview-result'
import { type ShownPreview, shownPreview } from '@/lib/changes/shown-preview'
import { mergedPreview, samenessOf } from './merged-preview'

const NOTHING = { status: 'notFound', value: null, values: [], problem: null } as const

function preview(checksum: string, findings: readonly Finding[], answers = 1): ShownPreview {
  return shownPreview({
    checksum,
    ldif: '',
    entries: [],
    lookups: Array.from({ length: answers }, (_, at) => ({
      parameter: 'virtual_alias_maps',
      map: 'ldap:x',
      key: `${checksum}${at}@b.net`,
      before: NOTHING,
      after: { status: 'found', value: 'a@b.net', values: ['a@b.net'], problem: null } as const,
      difference: 'added' as const,
      command: '',
    })),
    addresses: [],
    findings,
    rehearsal: { status: 'accepted', resultCode: null, message: '', attribute: null },
  })
}

const taken = (address: string): Finding => ({
  code: 'alias-taken',
  severity: 'confirm',
  message: `${address} exists already.`,
  addresses: [address],
})

test('findings of one kind become one, and lists are cut with their rest counted', async () => {
  const notice: Finding = { code: 'destination-changes', severity: 'notice', message: 'x', addresses: [] }
  const merged = await mergedPreview([
    preview('a', [notice, taken('1@b.net'), taken('2@b.net')], 70),
    preview('b', [taken('3@b.net')], 150),
  ])
  expect(merged.findings.map(({ code }) => code)).toEqual(['alias-taken', 'destination-changes'])
  expect(merged.findings[0]).toMatchObject({
    message: { key: 'bulk.alike', values: { count: 2 } },
    addresses: ['1@b.net', '2@b.net', '3@b.net'],
  })
  expect(merged.lookups).toHaveLength(10)
  expect(merged.leftOut.lookups).toEqual({ changed: 210, same: 0 })
})

test('the checksum is over all parts in their order', async () => {
  const [one, other] = [preview('a', []), preview('b', [])]
  const sum = (await mergedPreview([one, other])).checksum
  expect(sum).toMatch(/^[0-9a-f]{64}$/)
  expect((await mergedPreview([other, one])).checksum).not.toBe(sum)
  expect((await mergedPreview([one, preview('c', [])])).checksum).not.toBe(sum)
})

test('two previews are the same to a person if findings and answers are', async () => {
  const sum = await samenessOf(preview('a', [taken('1@b.net')]))
  expect(await samenessOf(preview('a', [taken('1@b.net')]))).toBe(sum)
  expect(await samenessOf(preview('a', [taken('2@b.net')]))).not.toBe(sum)
  expect(await samenessOf(preview('b', [taken('1@b.net')]))).not.toBe(sum)
})
