import type { ReactNode } from 'react'
import { choosePreference } from '@/app/preferences'
import { signOut } from '@/app/sign-out'
import { StagingProvider } from '@/components/plans/staging-provider'
import { PaletteDoor } from '@/components/palette/palette-door'
import { Frame } from '@/components/shell/frame'
import { Navigation } from '@/components/shell/navigation'
import { Preferences } from '@/components/shell/preferences'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { countWaitingRequests } from '@/lib/requests/waiting-requests'
import { hasPlans } from '@/lib/plans/plans'
import { searchPanel } from './palette'
import { addToPlan } from './plans/actions'

/** The frame of the staff's pages. Each page authorizes itself; a layout does not run at every navigation. */
export default async function PanelLayout({ children }: LayoutProps<'/'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireStaff(), getTranslations('shell')])
  const { person, role } = authority
  const waiting = await countWaitingRequests(authority)
  return (
    <Frame
      who={person.mail || person.name}
      role={words(`role.${role}`)}
      navigation={<Navigation isPostmaster={role === 'postmaster'} waiting={waiting} />}
      search={
        <PaletteDoor isPostmaster={role === 'postmaster'} search={searchPanel} choose={choosePreference} />
      }
      preferences={<Preferences choose={choosePreference} />}
      signOut={signOut}
    >
      <StagingProvider stage={hasPlans() ? addToPlan : null}>{children}</StagingProvider>
    </Frame>
  )
}
