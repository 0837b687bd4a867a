import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AccountFrame } from '@/components/account/account-frame'
import { AddressList } from '@/components/account/address-list'
import { ForwardForm } from '@/components/account/forward-form'
import { NewAddress } from '@/components/account/new-address'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { type OwnAccountResult, readOwnAccount } from '@/lib/account/own-account'
import { requireOwner } from '@/lib/auth/owner-authority'
import { askTask, makeRandom, saveTask, writeNote } from './actions'

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

/**
 * A mailbox owner's addresses, what becomes of mail to each now, and what the owner may do with them.
 * LDAP round trips: two for the person's authority, those of own-account.
 */
export default async function AccountPage(): Promise<ReactNode> {
  const authority = await requireOwner()
  const [t, read] = await Promise.all([getTranslations('account'), readOwnAccount(authority)])
  return (
    <div className="max-w-3xl px-4 pb-28 md:px-7">
      <PageHead title={t('title')} />
      <Account read={read} />
    </div>
  )
}

async function Account({ read }: { readonly read: OwnAccountResult }): Promise<ReactNode> {
  const t = await getTranslations('account')
  switch (read.status) {
    case 'failed':
      return <Unanswered failure={read} />
    case 'notFound':
      return <p>{t('noMailbox')}</p>
    case 'broken':
      return (
        <Notice tone="lost" title={t('broken')}>
          <p>{read.message}</p>
        </Notice>
      )
    case 'read':
      return (
        <AccountFrame mail={read.account.mail} actions={{ askTask, makeRandom, saveTask, writeNote }}>
          <NewAddress may={read.account.may} />
          {!read.account.may.keep && <p className="pb-4 text-[13px] text-soft">{t('notes.off')}</p>}
          <AddressList account={read.account} />
          <ForwardForm account={read.account} />
        </AccountFrame>
      )
  }
}
