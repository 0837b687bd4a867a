/**
 * commit-time - when a commit was begun: the microsecond from which the panel's record counts its writes.
 *
 * Known from the journal, so that a write which is recorded twice (by the commit, and by the recovery of it) has
 * the same time in both records, and counts once. RFC 3339 in UTC with six digits of a second.
 */

/** Now, in whole microseconds since 1970. */
export function microsecondsNow(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1000)
}

/** The time as a text. */
export function timeOfMicroseconds(microseconds: number): string {
  const micro = microseconds % 1000
  const milliseconds = new Date((microseconds - micro) / 1000).toISOString()
  return milliseconds.replace('Z', `${String(micro).padStart(3, '0')}Z`)
}

/** The microseconds of such a text; fewer digits are whole milliseconds. */
export function microsecondsOfTime(time: string): number {
  const micro = /\.\d{3}(\d{3})Z$/.exec(time)?.[1] ?? '0'
  return Date.parse(time.replace(/(\.\d{3})\d{3}Z$/, '$1Z')) * 1000 + Number(micro)
}
