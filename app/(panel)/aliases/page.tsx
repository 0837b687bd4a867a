import type { Metadata, Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { AliasFilters } from '@/components/aliases/alias-filters'
import { AliasPages } from '@/components/aliases/alias-pages'
import { AliasTable } from '@/components/aliases/alias-table'
import { DomainFilter } from '@/components/entries/domain-filter'
import { ExportLinks } from '@/components/exchange/export-links'
import { PageHead } from '@/components/shell/page-head'
import { Soon } from '@/components/shell/soon'
import { SortWait, WHOLE } from '@/components/shell/sort-wait'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { KeptFocus } from '@/components/ui/kept-focus'
import { SearchBox } from '@/components/ui/search-box'
import { getTranslations } from '@/components/words/server'
import { suggestDomains } from '@/app/(panel)/domain-choices'
import { requireStaff } from '@/lib/auth/current-authority'
import { isBeyondEnd } from '@/lib/entries/list-page'
import { type AliasPage, type AliasQuery, listAliases } from '@/lib/lists/aliases'
import { aliasQuery, queryParameters } from './query'

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('aliases'))('title') }
}

/** LDAP round trips: those of the person's authority and of lib/lists/aliases. */
export default async function AliasesPage({ searchParams }: PageProps<'/aliases'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireStaff(), getTranslations('aliases')])
  const sent = await searchParams
  const query = aliasQuery.parse(sent)
  const { text, domain, kind, mark, sortBy } = query
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title={words('title')}
        about={domain === '' ? undefined : words('inDomain', { domain })}
        tools={
          <div className="flex w-full flex-wrap gap-2 sm:w-104 sm:flex-nowrap">
            <SearchBox
              action="/aliases"
              name="q"
              label={words('search')}
              defaultValue={text}
              keep={queryParameters({ ...query, text: '' })}
            />
            <Link href="/aliases/new" className={`${buttonClass('primary')} shrink-0 whitespace-nowrap`}>
              {words('new')}
            </Link>
          </div>
        }
      />
      <AliasFilters
        kind={kind}
        mark={mark}
        sortBy={sortBy}
        to={(change) =>
          `/aliases?${new URLSearchParams(queryParameters({ ...query, ...change })).toString()}` as Route
        }
      >
        <DomainFilter
          path="/aliases"
          parameters={queryParameters({ ...query, domain: '' })}
          domain={domain}
          suggest={suggestDomains}
        />
      </AliasFilters>
      <Soon
        of={JSON.stringify(query)}
        value={listAliases(authority, query)}
        wait={WHOLE in sent ? null : <SortWait href={pathOfWhole(query)} />}
      >
        {(list) =>
          list.status === 'failed' ? (
            <Unanswered failure={list} />
          ) : (
            <KeptFocus of="/aliases">
              <Listed query={query} list={list} />
            </KeptFocus>
          )
        }
      </Soon>
    </div>
  )
}

interface ListedProps {
  readonly query: AliasQuery
  readonly list: AliasPage
}

/** A page of the list, or what was found by looking. */
function Listed({ query, list }: ListedProps): ReactNode {
  const { text, kind, mark, sortBy, page } = query
  const parameters = queryParameters(query)
  const sortedBy = (sort: string): Route =>
    `/aliases?${new URLSearchParams({ ...parameters, sort }).toString()}` as Route
  const isBeyond = list.looked === null && isBeyondEnd({ page, shown: list.entries, total: list.total })
  return (
    <>
      {!isBeyond && (
        <AliasTable
          rows={list.rows}
          text={text}
          isMarked={mark !== null}
          sortBy={sortBy}
          byAddress={kind === 'forward' ? null : sortedBy('address')}
          byDestination={sortedBy('destination')}
        />
      )}
      <div className="py-1">
        <AliasPages list={list} page={page} parameters={parameters} />
        <ExportLinks list="aliases" parameters={parameters} />
      </div>
    </>
  )
}

function pathOfWhole(query: AliasQuery): string {
  const parameters = { ...queryParameters(query), page: String(query.page), [WHOLE]: '1' }
  return `/aliases?${new URLSearchParams(parameters).toString()}`
}
