/**
 * generalized-time - times as the directory writes them, and milliseconds to reckon with.
 *
 * Of GeneralizedTime the form that servers write: UTC, seconds, a fraction of up to six digits or none. With six
 * digits, as in the server's log (slapo-accesslog), times sort as texts. Text that is no such time is null.
 * Authority: RFC 4517 section 3.3.13.
 */

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}))?Z$/

/** Whether a text is such a time. */
export function isGeneralizedTime(text: string): boolean {
  return millisecondsOf(text) !== null
}

/** Milliseconds since 1970, rounded down; null if the text is no time. */
export function millisecondsOf(time: string): number | null {
  const found = TIME.exec(time)
  if (found === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = found
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(whole) ? null : whole + Math.floor(Number(fraction.padEnd(6, '0')) / 1000)
}

/** The time of whole milliseconds since 1970, with six digits. */
export function generalizedTimeOf(milliseconds: number): string {
  return generalizedTimeOfMicroseconds(milliseconds * 1000)
}

/** The time of whole microseconds since 1970, which a number holds exactly; each has a text of its own. */
export function generalizedTimeOfMicroseconds(microseconds: number): string {
  const micro = microseconds % 1000
  const [date = '', fraction = ''] = new Date((microseconds - micro) / 1000).toISOString().split('.')
  return `${date.replace(/\D/g, '')}.${fraction.slice(0, 3)}${String(micro).padStart(3, '0')}Z`
}

/** ISO 8601, for the browser. */
export function isoTimeOf(time: string): string {
  return new Date(millisecondsOf(time) ?? 0).toISOString()
}
