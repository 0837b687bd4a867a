/**
 * random-numbers - choices that look random and are the same for the same seed (xorshift32).
 */
export class RandomChoices {
  private state: number

  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1
  }

  /** From 0 to below `end`. */
  below(end: number): number {
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    return (this.state >>> 0) % end
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('there is nothing to pick')
    return item
  }

  /** Between `least` and `most` of the items, each at most once. */
  some<T>(items: readonly T[], least: number, most: number): T[] {
    const rest = [...items]
    const count = Math.min(least + this.below(most - least + 1), rest.length)
    return Array.from({ length: count }, () => rest.splice(this.below(rest.length), 1)).flat()
  }
}
