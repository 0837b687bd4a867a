import { describe, expect, it } from 'vitest'
import {
  generalizedTimeOf,
  generalizedTimeOfMicroseconds,
  isGeneralizedTime,
  isoTimeOf,
  millisecondsOf,
} from './generalized-time'

describe('generalized time', () => {
  it('go to milliseconds and back', () => {
    expect(generalizedTimeOf(Date.UTC(2026, 0, 31, 23, 59, 59, 7))).toBe('20260131235959.007000Z')
    expect(millisecondsOf('20260131235959.007500Z')).toBe(Date.UTC(2026, 0, 31, 23, 59, 59, 7))
    expect(isoTimeOf('20260131235959.5Z')).toBe('2026-01-31T23:59:59.500Z')
    expect(isGeneralizedTime('20261399000000Z')).toBe(false)
    expect(isGeneralizedTime('2026')).toBe(false)
  })
  it('tell neighbouring microseconds apart', () => {
    const from = Date.UTC(2026, 10, 22, 13, 0, 0, 999) * 1000 + 990
    const times = Array.from({ length: 20 }, (_, at) => generalizedTimeOfMicroseconds(from + at))
    expect([...new Set(times)].sort()).toEqual(times)
    expect(times).toHaveLength(20)
    expect([times[0], times[19]]).toEqual(['20261122130000.999990Z', '20261122130001.000009Z'])
  })
})
