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
    <ul>
      {domains.map((domain) => (
        <li
          key={domain.dn}
          className="relative grid gap-x-6 border-b border-line py-2.5 hover:bg-hover md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_minmax(0,1fr)]"
        >
          <Link
            href={`/mailboxes?domain=${encodeURIComponent(domain.name)}`}
            className="address font-medium before:absolute before:inset-0 hover:text-accent"
          >
            {domain.name}
          </Link>
          <p className="text-soft">{domain.description}</p>
          <p className="truncate text-[13px] text-soft" title={domain.administrators.join('\n')}>
            {domain.administrators.map(firstRdnValue).join(', ')}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** `johndoe` of `uid=johndoe,ou=Mail,…`: short enough for a list, the whole DN is in the title. */
function firstRdnValue(dn: string): string {
  return /^[^=]+=((?:\\.|[^,+\\])*)/.exec(dn)?.[1] ?? dn
}
