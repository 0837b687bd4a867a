/**
 * own-addresses - an owner's mailbox and aliases, each with what the address tables answer for it now.
 */
import 'server-only'
import { answerOf } from '@/lib/changes/impact/lookup-answer'
import type { LookupAnswer } from '@/lib/changes/preview-result'
import { liveAccess } from '@/lib/directory/files'
import type { Mailbox } from '@/lib/entries/mailbox'
import { siteTables } from '@/lib/site/postfix-configuration'

export interface AddressLookups {
  readonly address: string
  readonly lookups: readonly {
    readonly parameter: string
    readonly map: string
    readonly answer: LookupAnswer
  }[]
}

export type OwnAddresses =
  | { readonly status: 'asked'; readonly addresses: readonly AddressLookups[] }
  | { readonly status: 'broken'; readonly message: string }

/** Tables that are asked for whole addresses when mail arrives. */
const ADDRESS_PARAMETERS = ['virtual_alias_maps', 'virtual_mailbox_maps']

/** The answers for the addresses of this mailbox, which the caller was allowed to read. One batch per table. */
export async function askOwnAddresses(mailbox: Mailbox): Promise<OwnAddresses> {
  const site = siteTables()
  if (site.status === 'broken') return site
  const keys = [mailbox.mail, ...mailbox.form.aliases]
  const tables = site.tables.filter(({ parameter }) => ADDRESS_PARAMETERS.includes(parameter))
  const results = await Promise.all(
    tables.map(async (table) => {
      const answers = await table.open(liveAccess).lookupMany(keys, site.flags)
      return answers.map((result) => ({
        parameter: table.parameter,
        map: table.name,
        answer: answerOf(result),
      }))
    }),
  )
  const addresses = keys.map((address, index) => ({
    address,
    lookups: results.flatMap((answers) => answers.slice(index, index + 1)),
  }))
  return { status: 'asked', addresses }
}
