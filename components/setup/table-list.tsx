import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import type { TableExample } from '@/lib/setup/table-examples'

/** Tables by the parameter that names them, each with a command that asks it. */
export function TableList({ tables }: { readonly tables: readonly TableExample[] }): ReactNode {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tables.map(({ parameter, name, command }) => (
        <li key={`${parameter} ${name}`} className="py-1.5">
          <p className="wrap-anywhere">
            {parameter} <code className="address text-soft">{name}</code>
          </p>
          {command !== null && (
            <div className="flex flex-wrap items-center gap-x-2">
              <code className="address min-w-0 wrap-anywhere">{command}</code>
              <CopyButton text={command} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
