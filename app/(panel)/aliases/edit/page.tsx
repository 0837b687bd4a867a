import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { type ReactNode, Suspense } from 'react'
import { z } from 'zod'
import { AliasEditor } from '@/components/aliases/alias-editor'
import { TraceDiagram } from '@/components/preview/trace-diagram'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { getText, getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { readAlias } from '@/lib/changes/alias-edit'
import { isCatchAll } from '@/lib/entries/address'
import { traceAddress } from '@/lib/lookups/trace-address'
import { findMailboxes, previewAlias, saveAlias } from '@/app/(panel)/aliases/actions'

const editQuery = z.object({ address: z.string().trim().max(320).catch('') })

/** The title is the address. */
export async function generateMetadata({ searchParams }: PageProps<'/aliases/edit'>): Promise<Metadata> {
  return { title: editQuery.parse(await searchParams).address }
}

/** LDAP round trips: those of the person's authority, one for the alias, those of its trace. */
export default async function AliasPage({ searchParams }: PageProps<'/aliases/edit'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireStaff(), getTranslations('aliases')])
  const { address } = editQuery.parse(await searchParams)
  const alias = await readAlias(authority, address)
  if (alias !== null && 'status' in alias)
    return (
      <div className="p-7">
        <Unanswered failure={alias} />
      </div>
    )
  if (alias === null) return <Gone address={address} />
  return (
    <AliasEditor
      key={address}
      alias={alias}
      preview={previewAlias}
      save={saveAlias}
      find={findMailboxes}
      heading={
        <>
          <p className="pt-5 text-[13px] text-soft">
            <Link href="/aliases" className="hover:underline">
              {words('title')}
            </Link>
          </p>
          <h1 className="mt-1 mb-5 wrap-anywhere">{address}</h1>
        </>
      }
    >
      {!isCatchAll(address) && (
        <section className="pt-6">
          <h2 className="caption">{words('whereNow')}</h2>
          <Suspense fallback={<div className="h-16" />}>
            <WhereNow authority={authority} address={address} />
          </Suspense>
        </section>
      )}
    </AliasEditor>
  )
}

interface WhereNowProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly address: string
}

async function WhereNow({ authority, address }: WhereNowProps): Promise<ReactNode> {
  const [traced, text] = await Promise.all([traceAddress(authority, address), getText()])
  if (traced.status === 'refused') return <p className="py-2 text-soft">{text(traced.message)}</p>
  return <TraceDiagram trace={traced.trace} />
}

async function Gone({ address }: { readonly address: string }): Promise<ReactNode> {
  const words = await getTranslations('aliases')
  return (
    <div className="px-4 py-16 text-center md:px-7">
      <h1>{words('gone')}</h1>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-soft">{words('goneAbout', { address })}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Link
          href={`/aliases/new?address=${encodeURIComponent(address)}` as Route}
          className={buttonClass('plain')}
        >
          {words('makeIt')}
        </Link>
        <Link href="/aliases" className={buttonClass('plain')}>
          {words('showAll')}
        </Link>
      </div>
    </div>
  )
}
