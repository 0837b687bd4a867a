import { redirect } from 'next/navigation'
import { requireAuthority } from '@/lib/auth/current-authority'

export default async function Start(): Promise<never> {
  const authority = await requireAuthority()
  redirect(authority.role === 'owner' ? '/account' : '/overview')
}
