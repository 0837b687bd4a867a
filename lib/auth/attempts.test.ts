import { expect, test } from 'vitest'
import { ATTEMPTS_PER_ADDRESS, ATTEMPTS_PER_NAME, forgetAttempts, mayAttempt } from './attempts'

async function allowed(count: number, attempt: (index: number) => Promise<boolean>): Promise<number> {
  let times = 0
  for (let index = 0; index < count; index += 1) if (await attempt(index)) times += 1
  return times
}

test('a name is limited, in any case, and no other name', async () => {
  const spellings = ['ann@a.example', 'ANN@a.example']
  const times = await allowed(20, (index) => mayAttempt(spellings[index % 2] ?? '', null))
  expect(times).toBe(ATTEMPTS_PER_NAME)
  expect(await mayAttempt('ben@a.example', null)).toBe(true)
})

test('an address is limited over all names', async () => {
  const times = await allowed(ATTEMPTS_PER_ADDRESS + 9, (index) => mayAttempt(`name${index}`, '203.0.113.7'))
  expect(times).toBe(ATTEMPTS_PER_ADDRESS)
  expect(await mayAttempt('another', '203.0.113.8')).toBe(true)
})

test('a right password is not counted', async () => {
  const times = await allowed(ATTEMPTS_PER_ADDRESS * 2, async () => {
    const may = await mayAttempt('cat', '203.0.113.9')
    await forgetAttempts('cat', '203.0.113.9')
    return may
  })
  expect(times).toBe(ATTEMPTS_PER_ADDRESS * 2)
})
