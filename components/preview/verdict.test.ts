import { describe, expect, it } from 'vitest'
import type { TraceSummary } from '@/lib/changes/preview-result'
import { inEnglish } from '@/lib/words/english'
import { verdictsOf } from './verdict'

const nothing: TraceSummary = {
  address: 'a@d.net',
  accepted: true,
  stage: null,
  reply: null,
  problem: null,
  domainClass: 'virtualMailbox',
  recipients: [],
  deliveries: [],
  forwards: [],
  locals: [],
  bounces: [],
  deferrals: [],
}

function words(summary: Partial<TraceSummary>): readonly string[] {
  return verdictsOf({ ...nothing, ...summary }).map(
    ({ word, text }) => `${inEnglish(word)} ${inEnglish(text)}`,
  )
}

describe('verdictsOf', () => {
  it('says where each copy goes', () => {
    expect(words({ deliveries: ['b@d.net', 'a@d.net'], forwards: ['f@e.org'] })).toEqual([
      'delivered to a@d.net, b@d.net',
      'forwarded to f@e.org',
    ])
    expect(words({ bounces: [{ address: 'v@d.net', reason: '5.1.1 User unknown' }] })).toEqual([
      'returned to the sender for v@d.net (5.1.1 User unknown)',
    ])
  })
  it('says why mail is rejected', () => {
    expect(words({ accepted: false, stage: 'RCPT', reply: '550 5.1.1 User unknown' })).toEqual([
      'rejected because 550 5.1.1 User unknown',
    ])
  })
  it('claims nothing where it cannot be told', () => {
    expect(words({ problem: 'not evaluated', deliveries: ['a@d.net'] })).toEqual([
      'cannot be told: not evaluated',
    ])
  })
  it('does not lose discarded mail', () => {
    expect(words({})).toEqual(['discarded '])
  })
})
