import { expect, test } from 'vitest'
import type { JournalResult } from '@/lib/changes/journal/journal-text'
import type { Text } from '@/lib/words/text'
import { KeptResults } from './kept-results'

/** A journal that flushes when it is told to. */
function slowJournal() {
  const flushes: ((problem: Text | null) => void)[] = []
  const recorded: number[] = []
  const record = ({ number }: JournalResult): Promise<Text | null> => {
    recorded.push(number)
    return new Promise((resolve) => flushes.push(resolve))
  }
  return {
    record,
    recorded,
    flush: (problem: Text | null) => {
      flushes.splice(0).forEach((one) => {
        one(problem)
      })
    },
  }
}

const result = (number: number): JournalResult => ({ number, status: 'written', message: '' })

test('results are given in their order, and writes go on until too many are not flushed', async () => {
  const journal = slowJournal()
  const results = new KeptResults(journal)
  for (let number = 1; number <= 32; number += 1) {
    expect(await results.room()).toBeNull()
    results.keep(result(number))
  }
  let hasRoom = false
  const room = results.room().then(() => (hasRoom = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasRoom).toBe(false)
  journal.flush(null)
  await room
  expect(journal.recorded).toEqual(Array.from({ length: 32 }, (_, at) => at + 1))
})

test('after a result that cannot be kept no more is written', async () => {
  const journal = slowJournal()
  const results = new KeptResults(journal)
  results.keep(result(1))
  const kept = results.kept()
  journal.flush('the disk is full')
  await kept
  expect(await results.room()).toBe('the disk is full')
})

test('results are handed over a few together, and the rest as soon as somebody waits', async () => {
  const journal = slowJournal()
  const results = new KeptResults(journal)
  for (let number = 1; number <= 20; number += 1) results.keep(result(number))
  expect(journal.recorded).toHaveLength(16)
  const kept = results.kept()
  expect(journal.recorded).toHaveLength(20)
  journal.flush(null)
  await kept
  expect(await results.room()).toBeNull()
})
