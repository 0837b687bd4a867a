'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { notSignedIn } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { refusedEdit } from '@/lib/changes/edit'
import { grantRequest, refuseRequest } from '@/lib/requests/decision'
import type { Granted, RefusedRequest } from '@/lib/requests/decision-state'
import { requestId } from '@/lib/requests/request'

/** Says yes to a request if that does what was previewed; then asks the tables again. */
export async function grant(id: unknown, approved: unknown): Promise<Granted> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const [request, yes] = [requestId.safeParse(id), approval.safeParse(approved)]
  if (!request.success || !yes.success) return refusedEdit({ key: 'edit.malformed' })
  const outcome = await grantRequest(who.authority, request.data, yes.data)
  // The count beside the place of requests.
  if (outcome.status === 'saved') revalidatePath('/', 'layout')
  return outcome
}

/** Says no, with a reason for the owner; answers why that was not recorded, or null. */
export async function refuse(id: unknown, reason: unknown): Promise<RefusedRequest> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const [request, text] = [requestId.safeParse(id), z.string().max(500).safeParse(reason)]
  if (!request.success || !text.success) return { key: 'edit.malformed' }
  const refusal = await refuseRequest(who.authority, request.data, text.data)
  if (refusal === null) revalidatePath('/', 'layout')
  return refusal
}
