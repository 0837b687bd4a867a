import { expect, test } from 'vitest'
import { clientAddress } from './client-address'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['6.6.6.6, 203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:5123', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['unknown', null],
  ['', null],
  ['203.0.113.7, nonsense\n', null],
])('behind a trusted proxy %s is %s', (forwarded, address) => {
  expect(clientAddress(forwarded, true)).toBe(address)
})

test('is not known without a trusted proxy, whatever the client says', () => {
  expect(clientAddress('203.0.113.7', false)).toBeNull()
  expect(clientAddress(null, true)).toBeNull()
})
