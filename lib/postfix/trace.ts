/**
 * trace - how one address is resolved, step by step, as plain data.
 *
 * The order is Postfix's: the SMTP server resolves the recipient (phase resolve) and checks that it exists
 * (smtpd), cleanup expands aliases (cleanup), the queue manager resolves what came out (delivery). A step says
 * what was asked and what came of it, so that a person can follow it and repeat each lookup with postmap.
 */
import type { LookupStatus, LookupStep } from './lookup-result'

/** Address classes, ADDRESS_CLASS_README. */
export type DomainClass = 'local' | 'virtualAlias' | 'virtualMailbox' | 'relay' | 'other'

export type TracePhase = 'resolve' | 'smtpd' | 'cleanup' | 'delivery'

/** One lookup in one table. */
export interface TraceLookup {
  readonly type: 'lookup'
  readonly phase: TracePhase
  /** The parameter that names the table, for example `virtual_alias_maps`. */
  readonly parameter: string
  readonly table: string
  /** As it is sent, folded. */
  readonly key: string
  readonly status: LookupStatus
  /** null unless found. */
  readonly value: string | null
  readonly searches: readonly LookupStep[]
  /** Why the table was not searched; null if it was. */
  readonly skipped: string | null
  /** What went wrong, for errors; else null. */
  readonly problem: string | null
}

export type TraceStep =
  | TraceLookup
  | { readonly type: 'rewritten'; readonly phase: TracePhase; readonly from: string; readonly to: string }
  | {
      readonly type: 'classified'
      readonly phase: TracePhase
      readonly address: string
      readonly domainClass: DomainClass
      /** Service name of master.cf. */
      readonly transport: string
      readonly nexthop: string
    }
  | {
      readonly type: 'expanded'
      readonly phase: TracePhase
      readonly parameter: string
      readonly address: string
      readonly addresses: readonly string[]
      /** The extension that was put on each address; null if none. */
      readonly extension: string | null
    }
  | {
      readonly type: 'stopped'
      readonly phase: TracePhase
      readonly address: string
      readonly reason: string
    }

export interface Undelivered {
  readonly address: string
  readonly reason: string
}

export interface Trace {
  /** As it was asked. */
  readonly address: string
  /** Whether a client from outside gets a message to this address accepted. */
  readonly accepted: boolean
  /** The command that is refused; null if none is. */
  readonly stage: null | 'RCPT' | 'DATA'
  /** The reply that refuses it; null if it is accepted or cannot be told. */
  readonly reply: string | null
  /** Why the outcome cannot be told from here; null if it can. Then nothing else is claimed. */
  readonly problem: string | null
  /** Class of the domain of the address; null if it was not found out. */
  readonly domainClass: DomainClass | null
  /** The recipients in the queue file, in their order. */
  readonly recipients: readonly string[]
  /** Handed to the virtual transport. These and the following as the queue manager has resolved them. */
  readonly deliveries: readonly string[]
  /** Sent on to other hosts. */
  readonly forwards: readonly string[]
  /** Handed to local(8). */
  readonly locals: readonly string[]
  /** Returned to the sender. */
  readonly bounces: readonly Undelivered[]
  /** Kept in the queue and tried again. */
  readonly deferrals: readonly Undelivered[]
  readonly steps: readonly TraceStep[]
}
