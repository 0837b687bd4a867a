import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { NewTokenForm } from '@/components/tokens/new-token-form'
import { TokenList } from '@/components/tokens/token-list'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { hasTokens } from '@/lib/auth/access-token'
import { requireAuthority } from '@/lib/auth/current-authority'
import { listOwnTokens, panelAddress } from '@/lib/tokens/own-tokens'
import { makeToken, revokeToken } from './actions'

/** Titled in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tokens'))('title') }
}

/**
 * The tokens with which password managers make aliases for the person.
 * LDAP round trips: one for the person's authority, one for the entryUUID, one for the store.
 */
export default async function TokensPage(): Promise<ReactNode> {
  const authority = await requireAuthority()
  const t = await getTranslations('tokens')
  return (
    <div className="max-w-3xl px-4 pb-10 md:px-7">
      <PageHead title={t('title')} />
      <p className="mb-4">{t('about')}</p>
      {hasTokens() ? (
        <>
          <p className="mb-6 text-soft">{t('how', { address: panelAddress() })}</p>
          <NewTokenForm make={makeToken} />
          <Tokens authority={authority} />
        </>
      ) : (
        <Notice tone="plain" title={t('offTitle')}>
          <p>{t('offText')}</p>
        </Notice>
      )}
    </div>
  )
}

async function Tokens({
  authority,
}: {
  readonly authority: Awaited<ReturnType<typeof requireAuthority>>
}): Promise<ReactNode> {
  const own = await listOwnTokens(authority)
  return own.status === 'failed' ? (
    <Unanswered failure={own} />
  ) : (
    <TokenList tokens={own.tokens} revoke={revokeToken} />
  )
}
