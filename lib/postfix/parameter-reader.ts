/**
 * parameter-reader - typed parameters of a table, from its .cf file or from main.cf.
 *
 * Values are read in the order in which Postfix reads them. The first bad one is fatal: from then on nothing
 * more is logged and every value is its default, so that the caller need only look at `failed` at the end.
 *
 * Authority: cfg_get_str, cfg_get_int, cfg_get_bool (cfg_parser.c), check_mail_conf_int and convert_mail_conf_int
 * (mail_conf_int.c) of Postfix 3.7.
 */
import { fatal, fatalOf } from './diagnostic'
import type { Diagnostic } from './lookup-result'

/** A parameter whose value cannot be had, for example because its macros do not expand. */
export interface ParameterFailure {
  readonly diagnostics: readonly Diagnostic[]
}

/** Gives the value of a parameter; undefined where it is not set. */
export type ParameterLookup = (parameter: string) => string | ParameterFailure | undefined

export class ParameterReader {
  readonly diagnostics: Diagnostic[] = []

  /** `source` is the path of a .cf file, or the prefix of parameters in main.cf. */
  constructor(
    private readonly source: string,
    private readonly parameters: ParameterLookup,
  ) {}

  /** Whether a fatal message was given. */
  get failed(): boolean {
    return fatalOf(this.diagnostics) !== undefined
  }

  /** Logs a message, unless the table has failed already. */
  log(...diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) if (!this.failed) this.diagnostics.push(diagnostic)
  }

  /** Logs a fatal message about a value, in Postfix's two forms. */
  refuse(code: string, parameter: string, text: (name: string) => string): void {
    const name = this.fullName(parameter)
    this.log(fatal(`cf.${code}:${name}`, `${this.isFile() ? `${this.source}: ` : ''}${text(name)}`))
  }

  /** A string; an empty one is refused where `nonEmpty`. */
  string(parameter: string, byDefault: string, nonEmpty = false): string {
    const value = this.raw(parameter) ?? byDefault
    if (nonEmpty && value === '') {
      this.refuse('too-short', parameter, (name) => `bad string length 0 < 1: ${name} = `)
    }
    return value
  }

  /** A decimal number of 32 bits, with limits. */
  integer(parameter: string, byDefault: number, least?: number, most?: number): number {
    const text = this.raw(parameter)
    if (text === undefined) return byDefault
    const value = /^[ \t\r\n\v\f]*[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= -(2 ** 31) && value < 2 ** 31)) {
      this.refuse('bad-number', parameter, (name) => `bad numerical configuration: ${name} = ${text}`)
      return byDefault
    }
    if (least !== undefined && value < least) {
      this.refuse('too-small', parameter, (name) => `invalid ${name} parameter value ${value} < ${least}`)
    }
    if (most !== undefined && value > most) {
      this.refuse('too-large', parameter, (name) => `invalid ${name} parameter value ${value} > ${most}`)
    }
    return value
  }

  /** `yes` or `no`, in any case. */
  boolean(parameter: string, byDefault: boolean): boolean {
    const text = this.raw(parameter)
    if (text === undefined) return byDefault
    if (/^yes$/i.test(text)) return true
    if (!/^no$/i.test(text)) {
      this.refuse('bad-bool', parameter, (name) => `bad boolean configuration: ${name} = ${text}`)
    }
    return false
  }

  private raw(parameter: string): string | undefined {
    if (this.failed) return undefined
    const value = this.parameters(parameter)
    if (typeof value !== 'object') return value
    this.log(...value.diagnostics)
    return undefined
  }

  private isFile(): boolean {
    return /^[./]/.test(this.source)
  }

  private fullName(parameter: string): string {
    return this.isFile() ? parameter : `${this.source}_${parameter}`
  }
}
