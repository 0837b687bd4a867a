import type { ReactNode } from 'react'
import { Frame } from '@/components/shell/frame'
import { Navigation } from '@/components/shell/navigation'
import { requireStaff } from '@/lib/auth/current-authority'
import { signOut } from '@/app/sign-out'

const ROLES = {
  postmaster: 'Postmaster',
  domainAdministrator: 'Domain administrator',
  owner: 'Owner',
} as const

/** The frame of the staff's pages. Each page authorizes itself; a layout does not run at every navigation. */
export default async function PanelLayout({ children }: LayoutProps<'/'>): Promise<ReactNode> {
  const { person, role } = await requireStaff()
  return (
    <Frame who={person.mail || person.name} role={ROLES[role]} navigation={<Navigation />} signOut={signOut}>
      {children}
    </Frame>
  )
}
