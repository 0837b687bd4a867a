import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { AliasEditor } from '@/components/aliases/alias-editor'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { findMailboxes, previewAlias, saveAlias } from '@/app/(panel)/aliases/actions'

const newQuery = z.object({ address: z.string().trim().max(320).catch('') })

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('aliases'))('newTitle') }
}

/** LDAP round trips: those of the person's authority. An address in the URL is filled in. */
export default async function NewAliasPage({ searchParams }: PageProps<'/aliases/new'>): Promise<ReactNode> {
  const [, words] = await Promise.all([requireStaff(), getTranslations('aliases')])
  const { address } = newQuery.parse(await searchParams)
  return (
    <AliasEditor
      alias={{ address, holders: [], hidden: 0 }}
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
          <h1 className="mt-1">{words('newTitle')}</h1>
          <p className="mb-5 text-soft">{words('newAbout')}</p>
        </>
      }
    />
  )
}
