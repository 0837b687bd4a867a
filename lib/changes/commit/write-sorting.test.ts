import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Sorted, sortWrites } from './write-sorting'
import type { WriteStep } from './write-step'

const COUNT = 9
const RANK = { add: 0, modify: 1, modifyDn: 1, delete: 2 }

const kinds = fc.array(fc.constantFrom('add', 'modify', 'delete'), { minLength: COUNT, maxLength: COUNT })
const edge = fc.tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1)).filter(([one, other]) => one !== other)
const edges = fc.array(edge, { maxLength: 14 })

function stepOf(type: 'add' | 'modify' | 'delete'): WriteStep {
  const changes: Record<typeof type, ChangeRecord> = {
    add: { type: 'add', dn: '', attributes: [] },
    modify: { type: 'modify', dn: '', modifications: [] },
    delete: { type: 'delete', dn: '' },
  }
  return { change: changes[type], before: null, after: null }
}

function setsOf(pairs: readonly (readonly [number, number])[]): readonly Set<number>[] {
  const sets = Array.from({ length: COUNT }, () => new Set<number>())
  for (const [earlier, later] of pairs) sets[later]?.add(earlier)
  return sets
}

/** The same by looking at all writes again and again. */
function slowly(steps: readonly WriteStep[], kindsOf: readonly (readonly ReadonlySet<number>[])[]): Sorted {
  const [structure] = kindsOf
  const rank = (at: number): number => RANK[steps[at]?.change.type ?? 'modify']
  const open = new Set([...steps.keys()].sort((one, other) => rank(one) - rank(other) || one - other))
  const free = (some: readonly (readonly ReadonlySet<number>[])[]): number | undefined =>
    [...open].find((at) => some.every((before) => [...(before[at] ?? [])].every((one) => !open.has(one))))
  const order: number[] = []
  let circle: number[] = []
  while (open.size > 0) {
    const safe = free(kindsOf)
    if (safe === undefined && circle.length === 0) {
      circle = [...open]
      for (let size = 0; size !== circle.length;) {
        size = circle.length
        const awaited = new Set(circle.flatMap((at) => kindsOf.flatMap((before) => [...(before[at] ?? [])])))
        circle = circle.filter((at) => awaited.has(at))
      }
    }
    const next = safe ?? free(structure === undefined ? [] : [structure]) ?? free([]) ?? -1
    open.delete(next)
    order.push(next)
  }
  return { order, circle }
}

test('the order, and what is on circles, are those of looking at all writes again and again', () => {
  fc.assert(
    fc.property(kinds, edges, edges, (types, structural, delivering) => {
      const steps = types.map(stepOf)
      const [structure, delivery] = [setsOf(structural), setsOf(delivering)]
      const sorted = sortWrites(steps, { structure, delivery })
      const wanted = slowly(steps, [structure, delivery])
      expect(sorted.order).toEqual(wanted.order)
      expect([...sorted.circle].sort()).toEqual([...wanted.circle].sort())
    }),
    { numRuns: 500 },
  )
})
