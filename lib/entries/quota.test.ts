import { describe, expect, it } from 'vitest'
import { formatQuota, parseQuota } from './quota'

describe('quota', () => {
  it.each([
    ['2097152', '2 GB'],
    ['1572864', '1536 MB'],
    ['1000', '1000 KB'],
    ['0', '0 KB'],
    ['1073741824', '1 TB'],
    ['unlimited', 'unlimited'],
  ])('shows %s as %s', (stored, shown) => {
    expect(formatQuota(stored)).toBe(shown)
  })

  it.each([
    ['2 GB', '2097152'],
    ['1,5g', '1572864'],
    ['1.5 GiB', '1572864'],
    ['512M', '524288'],
    ['1000', '1000'],
    ['7kb', '7'],
    ['0', '0'],
  ])('reads %s as %s', (typed, stored) => {
    expect(parseQuota(typed)).toBe(stored)
  })

  it.each(['', 'much', '-1 GB', '1 XB', '1 2 GB', '1e9'])('refuses %j', (typed) => {
    expect(parseQuota(typed)).toBeNull()
  })

  it('reads what it shows', () => {
    for (const stored of ['0', '1', '1023', '1024', '1048577', '123456789'])
      expect(parseQuota(formatQuota(stored))).toBe(stored)
  })
})
