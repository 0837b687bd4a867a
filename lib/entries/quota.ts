/**
 * quota - the size of a mailbox as people write it, and as mailQuota holds it: kilobytes (Postfix Book schema).
 *
 * Units are powers of 1024, as Dovecot counts (quota_rule of its quota plugin); 0 is no limit there. A value that
 * is no number of kilobytes is shown as it stands. Pure.
 */

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const
const WRITTEN = /^(\d{1,12}(?:[.,]\d{1,6})?)\s*([kmgt]?)(?:i?b)?$/i

/** A stored value in the largest unit that says it exactly: `2097152` is 2 GB. */
export function formatQuota(value: string): string {
  if (!/^\d{1,15}$/.test(value)) return value
  let amount = Number(value)
  let unit = 0
  while (amount > 0 && amount % 1024 === 0 && unit < UNITS.length - 1) {
    amount /= 1024
    unit += 1
  }
  return `${amount} ${UNITS[unit] ?? ''}`
}

/** What is stored for `2 GB`, `512M` or `1,5 g`; a bare number is kilobytes. null if it is no size. */
export function parseQuota(text: string): string | null {
  const [, amount, unit = ''] = WRITTEN.exec(text.trim()) ?? []
  if (amount === undefined) return null
  const power = Math.max(0, 'kmgt'.indexOf(unit.toLowerCase()))
  const kilobytes = Math.round(Number(amount.replace(',', '.')) * 1024 ** (unit === '' ? 0 : power))
  return Number.isSafeInteger(kilobytes) ? String(kilobytes) : null
}
