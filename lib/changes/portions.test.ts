import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inPortions, inTurns, restWhenLong } from './portions'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function lastFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('both make of each item what is made of it alone, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 250 }), async (items) => {
      const made = items.map((item) => item * 2)
      expect(await inTurns(items, (item) => item * 2)).toEqual(made)
      const later = inPortions(items, async (item) => {
        for (let turns = 0; turns < item; turns += 1) await turn()
        return item * 2
      })
      expect(await later).toEqual(made)
    }),
    { numRuns: 30 },
  )
})

test('no more than a hundred are under way, and none is begun after a failure', async () => {
  let [underWay, most, begun] = [0, 0, 0]
  const working = inPortions([...Array.from({ length: 400 }).keys()], async (item) => {
    begun += 1
    underWay += 1
    most = Math.max(most, underWay)
    await turn()
    underWay -= 1
    if (item === 150) throw new Error('the one of item 150')
  })
  await expect(working).rejects.toThrow('the one of item 150')
  expect(most).toBe(100)
  await turn()
  await turn()
  expect(begun).toBeLessThan(400)
})

test('long work lets others go first, and of several that rest one goes on in each turn', async () => {
  const order: string[] = []
  const work = async (name: string): Promise<void> => {
    for (let part = 1; part <= 2; part += 1) {
      lastFor(30)
      order.push(`${name}${part}`)
      await restWhenLong()
    }
  }
  let isDone = false
  const others = async (): Promise<void> => {
    while (!isDone) {
      await turn()
      order.push('turn')
    }
  }
  const both = Promise.all([work('a'), work('b')]).then(() => {
    isDone = true
  })
  await Promise.all([others(), both])
  // Both begin in the first turn; from then on something else comes between any two parts.
  const parts = order.slice(2).flatMap((name, at) => (name.startsWith('turn') ? [] : [at]))
  expect(parts).toHaveLength(2)
  expect((parts[1] ?? 0) - (parts[0] ?? 0)).toBeGreaterThan(1)
})
