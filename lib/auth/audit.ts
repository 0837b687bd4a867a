/**
 * audit - one line for each sign-in, refusal, change of a password, sign-out everywhere, view of the panel as another
 * person, use of a token and decision about a request: who, from where, with what outcome. Never a password or token.
 *
 * Names are what strangers type. Whatever could end a line, move a cursor or turn text around (controls, format
 * characters, line and paragraph separators, unpaired surrogates) is written as \u{…}, so that a name cannot
 * forge a line or hide in one; very long ones are cut.
 */
import 'server-only'
import { log } from './log'

export interface AuditEvent {
  readonly event:
    | 'sign-in'
    | 'password change'
    | 'sign-out everywhere'
    | 'view as another person'
    | 'end of a view'
    | 'token made'
    | 'token revoked'
    | 'alias by token'
    | 'request'
  readonly outcome: 'accepted' | 'refused'
  readonly method?: 'password' | 'openid' | 'asked' | 'withdrawn' | 'granted' | 'not granted' | 'refused'
  /** What was typed, or what a claim said. */
  readonly name?: string
  readonly dn?: string
  readonly address?: string | null
  /** DN of the other person that it is about. */
  readonly about?: string
  /** Name that a person gave a token. */
  readonly token?: string
  /** An alias that was asked for or made. */
  readonly alias?: string
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
