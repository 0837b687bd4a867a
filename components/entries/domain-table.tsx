import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Domain } from '@/lib/entries/domain'

/** The hosted domains, each with the way to its mailboxes. */
export function DomainTable({ domains }: { readonly domains: readonly Domain[] }): ReactNode {
  if (domains.length === 0)
    return (
      <div className="py-10 text-center">
        <p className="font-medium">No domains here</p>
        <p className="mt-1 text-soft">There is no hosted domain that you may see.</p>
      </div>
    )
  return (
    <table className="block w-full md:table md:table-fixed">
      <caption className="sr-only">Domains</caption>
      <thead className="hidden md:table-header-group">
        <tr className="border-b border-line text-left">
          {['Domain', 'Description', 'Administrators'].map((label) => (
            <th key={label} scope="col" className="caption py-2 pr-3">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {domains.map((domain) => (
          <DomainRow key={domain.dn} domain={domain} />
        ))}
      </tbody>
    </table>
  )
}

function DomainRow({ domain }: { readonly domain: Domain }): ReactNode {
  return (
    <tr className="relative block border-b border-line py-2 hover:bg-hover md:table-row md:py-0">
      <td className="block pr-3 md:table-cell md:py-2">
        <Link
          href={`/mailboxes?domain=${encodeURIComponent(domain.name)}`}
          className="address font-medium before:absolute before:inset-0 hover:text-accent"
        >
          {domain.name}
        </Link>
      </td>
      <td className="block pr-3 text-soft md:table-cell md:py-2">{domain.description}</td>
      <td
        className="block truncate pr-3 text-[13px] text-soft md:table-cell md:py-2"
        title={domain.administrators.join('\n')}
      >
        {domain.administrators.map(firstRdnValue).join(', ')}
      </td>
    </tr>
  )
}

/** `johndoe` of `uid=johndoe,ou=Mail,…`: short enough for a list, the whole DN is in the title. */
function firstRdnValue(dn: string): string {
  return /^[^=]+=((?:\\.|[^,+\\])*)/.exec(dn)?.[1] ?? dn
}
