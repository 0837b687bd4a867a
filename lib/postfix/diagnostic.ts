/**
 * diagnostic - makers of the messages that Postfix logs (msg(3)): warning, error and fatal.
 *
 * The code is stable and carries the arguments that tell two messages of one kind apart; the text is the one
 * Postfix 3.7 prints, so that a person can find it in the mail log.
 */
import type { Diagnostic } from './lookup-result'

/** A message after which Postfix goes on; the code is `warn.CODE`. */
export function warning(code: string, text: string): Diagnostic {
  return { severity: 'warning', code: `warn.${code}`, text }
}

/** A message about something skipped or unusable; the code is `error.CODE`. */
export function error(code: string, text: string): Diagnostic {
  return { severity: 'error', code: `error.${code}`, text }
}

/** A message after which the program stops; the code is `fatal.CODE`. */
export function fatal(code: string, text: string): Diagnostic {
  return { severity: 'fatal', code: `fatal.${code}`, text }
}

/** The fatal message among these, or undefined. */
export function fatalOf(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return diagnostics.find((diagnostic) => diagnostic.severity === 'fatal')
}
