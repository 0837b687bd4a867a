import { describe, expect, it } from 'vitest'
import { generalizedTimeOf, isGeneralizedTime, isoTimeOf, millisecondsOf } from './generalized-time'

describe('generalized time', () => {
  it('go to milliseconds and back', () => {
    expect(generalizedTimeOf(Date.UTC(2026, 0, 31, 23, 59, 59, 7) + 0.5)).toBe('20260131235959.007500Z')
    expect(millisecondsOf('20260131235959.007500Z')).toBe(Date.UTC(2026, 0, 31, 23, 59, 59, 7))
    expect(isoTimeOf('20260131235959.5Z')).toBe('2026-01-31T23:59:59.500Z')
    expect(isGeneralizedTime('20261399000000Z')).toBe(false)
    expect(isGeneralizedTime('2026')).toBe(false)
  })
})
