/**
 * shown-preview - of a preview, and of the proof after a commit, as much as a browser is sent. Pure.
 *
 * A catch-all or a domain can concern tens of thousands of addresses, of which a screen draws the first hundred and
 * says how many more there are. This is the one place where lists are cut; the checksum is over all of them, and
 * the command line prints all. The types of the screens ask for what only this file makes.
 */
import type {
  AddressChange,
  BrokenPromise,
  CommitResult,
  LookupChange,
  Preview,
  TraceSummary,
} from './preview-result'

/** As many of each kind as are drawn. */
const MOST_SHOWN = 100
const BETWEEN_RECORDS = '\n\n'

/** How many rows of a list are not sent. */
export interface LeftOut {
  readonly changed: number
  readonly same: number
}

/** A preview for a screen: what changes first, cut to what is drawn. */
export interface ShownPreview extends Preview {
  readonly leftOut: {
    readonly lookups: LeftOut
    readonly addresses: LeftOut
    /** Records of the LDIF; absent is none. */
    readonly ldif?: number
  }
}

/** The lookups after a commit, for a screen. */
export interface ShownProof {
  readonly lookups: readonly LookupChange[]
  /** How many lookups were asked again. */
  readonly asked: number
  readonly leftOut: LeftOut
  /** Answers that are not as previewed; empty is the promise kept. */
  readonly broken: readonly BrokenPromise[]
  readonly brokenCount: number
  /** Names the commit, so that it can be taken back; null if there was nothing to write. */
  readonly journal: string | null
}

/** As much of a preview as a screen draws. */
export function shownPreview(preview: Preview): ShownPreview {
  const lookups = cut(preview.lookups, isSameAnswer)
  const addresses = cut(preview.addresses, isSameFate)
  const records = preview.ldif.split(BETWEEN_RECORDS).filter((record) => record.trim() !== '')
  return {
    ...preview,
    ldif: records.length > MOST_SHOWN ? records.slice(0, MOST_SHOWN).join(BETWEEN_RECORDS) : preview.ldif,
    entries: preview.entries.slice(0, MOST_SHOWN),
    lookups: lookups.shown,
    addresses: addresses.shown,
    findings: preview.findings.map((finding) => ({
      ...finding,
      addresses: finding.addresses.slice(0, MOST_SHOWN),
    })),
    leftOut: {
      lookups: lookups.leftOut,
      addresses: addresses.leftOut,
      ldif: Math.max(0, records.length - MOST_SHOWN),
    },
  }
}

/** As much of the proof after a commit as a screen draws. */
export function shownProof(result: Extract<CommitResult, { status: 'asPreviewed' | 'alarm' }>): ShownProof {
  const { shown, leftOut } = cut(result.lookups, isSameAnswer)
  const broken = result.status === 'alarm' ? result.broken : []
  return {
    lookups: shown,
    asked: result.lookups.length,
    leftOut,
    broken: broken.slice(0, MOST_SHOWN),
    brokenCount: broken.length,
    journal: result.journal,
  }
}

/** Whether mail to the address arrives where it arrives now. */
export function isSameFate({ before, after }: AddressChange): boolean {
  return fateOf(before) === fateOf(after)
}

function isSameAnswer({ difference }: LookupChange): boolean {
  return difference === 'same'
}

function fateOf({
  problem,
  accepted,
  reply,
  deliveries,
  forwards,
  locals,
  bounces,
  deferrals,
}: TraceSummary): string {
  const lists = [deliveries, forwards, locals].map((list) => [...list].sort())
  const undelivered = [bounces, deferrals].map((list) =>
    list.map(({ address, reason }) => `${address} ${reason}`).sort(),
  )
  return JSON.stringify([problem, accepted, reply, lists, undelivered])
}

interface Cut<Row> {
  readonly shown: readonly Row[]
  readonly leftOut: LeftOut
}

function cut<Row>(rows: readonly Row[], isSame: (row: Row) => boolean): Cut<Row> {
  const [changed, same] = [rows.filter((row) => !isSame(row)), rows.filter(isSame)]
  const more = (list: readonly Row[]): number => Math.max(0, list.length - MOST_SHOWN)
  return {
    shown: [...changed.slice(0, MOST_SHOWN), ...same.slice(0, MOST_SHOWN)],
    leftOut: { changed: more(changed), same: more(same) },
  }
}
