/**
 * merged-preview - the previews of the parts of a job as one, and what makes two previews look the same. Pure.
 *
 * Findings of one kind become one, which a person confirms once for all rows. The checksum is over the checksums of
 * the parts in their order. Lists are cut, and say how much is left out.
 * Authority: FIPS 180-4 through the Web Crypto API.
 */
import type { Finding, Preview } from '@/lib/changes/preview-result'
import type { LeftOut, ShownPreview } from '@/lib/changes/shown-preview'

/** As many rows of each kind as stand beside the rows of the job, which tell the rest. */
const MOST_SHOWN = 10
const MOST_RECORDS = 25
const MOST_ADDRESSES = 100

/** One preview for all of these parts. */
export async function mergedPreview(parts: readonly ShownPreview[]): Promise<ShownPreview> {
  const [first, ...others] = parts
  if (first === undefined) throw new RangeError('a job without parts has no preview')
  const refused = parts.find(({ rehearsal }) => rehearsal.status === 'refused')
  const unheard = parts.find(({ rehearsal }) => rehearsal.status === 'unavailable')
  return {
    checksum:
      others.length === 0 ? first.checksum : await sumOf(parts.map(({ checksum }) => checksum).join('\n')),
    ldif: beginningOf(parts.map(({ ldif }) => ldif).join('')),
    entries: [],
    lookups: parts.flatMap(({ lookups }) => lookups).slice(0, MOST_SHOWN),
    addresses: parts.flatMap(({ addresses }) => addresses).slice(0, MOST_SHOWN),
    findings: mergedFindings(parts.flatMap(({ findings }) => findings)),
    rehearsal: (refused ?? unheard ?? first).rehearsal,
    leftOut: {
      lookups: leftOut(parts, 'lookups', ({ difference }) => difference === 'same'),
      addresses: leftOut(parts, 'addresses', () => false),
    },
  }
}

/** What a person sees of a preview, as one number: findings, and the answers after the change. */
export function samenessOf({ findings, lookups }: Preview): Promise<string> {
  const seen = [
    findings.map(({ code, severity, addresses }) => JSON.stringify([code, severity, [...addresses].sort()])),
    lookups.map(({ map, key, after }) => JSON.stringify([map, key, after.status, after.value, after.values])),
  ]
  return sumOf(JSON.stringify(seen.map((list) => list.sort())))
}

/** The first records of an LDIF text; a comment says how many more there are. */
function beginningOf(ldif: string): string {
  const records = ldif.split('\n\n').filter((record) => record.trim() !== '')
  if (records.length <= MOST_RECORDS) return ldif
  return `${records.slice(0, MOST_RECORDS).join('\n\n')}\n\n# … ${records.length - MOST_RECORDS}\n`
}

const ORDER: readonly Finding['severity'][] = ['blocks', 'confirm', 'notice']

/** One finding for each kind; the words are those of the first, with the number of others. */
function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const kinds = new Map<string, Finding[]>()
  for (const finding of findings) {
    const kind = `${finding.severity} ${finding.code}`
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [finding])
    else known.push(finding)
  }
  const merged = [...kinds.values()].flatMap((alike): readonly Finding[] => {
    const [first, ...others] = alike
    if (first === undefined) return []
    if (others.length === 0) return [first]
    return [
      {
        ...first,
        message: { key: 'bulk.alike', values: { first: first.message, count: others.length } },
        addresses: alike.flatMap(({ addresses }) => addresses).slice(0, MOST_ADDRESSES),
      },
    ]
  })
  return ORDER.flatMap((severity) => merged.filter((finding) => finding.severity === severity))
}

function leftOut<Kind extends 'lookups' | 'addresses'>(
  parts: readonly ShownPreview[],
  kind: Kind,
  isSame: (row: ShownPreview[Kind][number]) => boolean,
): LeftOut {
  const drawn = parts.flatMap((part): readonly ShownPreview[Kind][number][] => part[kind]).slice(MOST_SHOWN)
  const same = drawn.filter(isSame).length
  return {
    changed: sum(parts.map((part) => part.leftOut[kind].changed)) + drawn.length - same,
    same: sum(parts.map((part) => part.leftOut[kind].same)) + same,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

async function sumOf(text: string): Promise<string> {
  const octets = new Uint8Array(
    await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)),
  )
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
