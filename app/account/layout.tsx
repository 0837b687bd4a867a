import type { ReactNode } from 'react'
import { choosePreference } from '@/app/preferences'
import { signOut } from '@/app/sign-out'
import { ViewBanner } from '@/app/view-banner'
import { AccountNavigation } from '@/components/shell/account-navigation'
import { Frame } from '@/components/shell/frame'
import { Preferences } from '@/components/shell/preferences'
import { getTranslations } from '@/components/words/server'
import { hasTokens } from '@/lib/auth/access-token'
import { requireAuthority } from '@/lib/auth/current-authority'
import { requestDomains } from '@/lib/requests/own-requests'

/** The frame of an owner's pages. Each page authorizes itself; a layout does not run at every navigation. */
export default async function AccountLayout({ children }: LayoutProps<'/account'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireAuthority(), getTranslations('shell')])
  return (
    <>
      <ViewBanner />
      <Frame
        who={authority.person.mail}
        role={words('role.owner')}
        navigation={
          <AccountNavigation requests={requestDomains(authority).length > 0} tokens={hasTokens()} />
        }
        preferences={<Preferences choose={choosePreference} />}
        signOut={signOut}
      >
        {children}
      </Frame>
    </>
  )
}
