import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { DomainCreator } from '@/components/entries/domain-creator'
import { DomainCrumb } from '@/components/entries/domain-head'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { askNewDomainPreview, createDomain } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('domain.form')
  return { title: t('newTitle') }
}

/** LDAP round trips: one for the person's authority. */
export default async function NewDomainPage(): Promise<ReactNode> {
  const authority = await requireStaff()
  if (authority.role !== 'postmaster') notFound()
  const t = await getTranslations('domain.form')
  return (
    <DomainCreator preview={askNewDomainPreview} save={createDomain}>
      <DomainCrumb />
      <h1 className="mt-1 mb-5">{t('newTitle')}</h1>
    </DomainCreator>
  )
}
