/**
 * audit - one line for each sign-in, refusal, change of a password and sign-out everywhere: who, from where, with
 * what outcome. Never a password.
 *
 * Names are what strangers type. Whatever could end a line, move a cursor or turn text around (controls, format
 * characters, line and paragraph separators, unpaired surrogates) is written as \u{…}, so that a name cannot
 * forge a line or hide in one; very long ones are cut.
 */
import 'server-only'
import { log } from './log'

export interface AuditEvent {
  readonly event: 'sign-in' | 'password change' | 'sign-out everywhere'
  readonly outcome: 'accepted' | 'refused'
  readonly method?: 'password' | 'openid'
  /** What was typed, or what a claim said. */
  readonly name?: string
  readonly dn?: string
  readonly address?: string | null
  /** Why it was refused, in our words. */
  readonly refusal?: string
  /** What the directory answered. */
  readonly resultCode?: number
  readonly diagnostic?: string
}

const LONGEST = 400

/** Writes the line. */
export function audit(event: AuditEvent): void {
  const fields = Object.entries(event).filter(([, value]) => value !== undefined && value !== null)
  const safe = Object.fromEntries(
    fields.map(([name, value]) => [name, typeof value === 'string' ? auditText(value) : value]),
  )
  const level = event.outcome === 'accepted' ? 'info' : 'warn'
  log[level](safe, `${event.event} ${event.outcome}`)
}

/** A text of a stranger, as it may stand in a line. */
export function auditText(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
