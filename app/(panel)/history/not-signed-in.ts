import type { AuthorityResult } from '@/lib/auth/current-authority'
import type { Text } from '@/lib/words/text'

interface Refusal {
  readonly status: 'refused'
  readonly message: Text
}

/** The answer of an action to someone without an authority of their own. */
export function notSignedIn(who: Exclude<AuthorityResult, { status: 'signedIn' }>): Refusal {
  return { status: 'refused', message: messageTo(who) }
}

function messageTo(who: Exclude<AuthorityResult, { status: 'signedIn' }>): Text {
  switch (who.status) {
    case 'signedOut':
      return { key: 'refusals.signedOut' }
    case 'viewing':
      return { key: 'viewAs.readOnly', values: { name: who.name } }
    case 'unavailable':
      return { key: 'refusals.noAnswerTryAgain', values: { diagnostic: who.message } }
  }
}
