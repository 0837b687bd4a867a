/**
 * ldap-error-text - the sentences of ldap_err2string(3), as OpenLDAP prints them after a result code.
 *
 * Codes of the protocol (RFC 4511 appendix A) and negative ones of the client library (ldap.h).
 */

const TEXTS: ReadonlyMap<number, string> = new Map([
  [0, 'Success'],
  [1, 'Operations error'],
  [2, 'Protocol error'],
  [3, 'Time limit exceeded'],
  [4, 'Size limit exceeded'],
  [5, 'Compare False'],
  [6, 'Compare True'],
  [7, 'Authentication method not supported'],
  [8, 'Strong(er) authentication required'],
  [9, 'Partial results and referral received'],
  [10, 'Referral'],
  [11, 'Administrative limit exceeded'],
  [12, 'Critical extension is unavailable'],
  [13, 'Confidentiality required'],
  [14, 'SASL bind in progress'],
  [18, 'Inappropriate matching'],
  [21, 'Invalid syntax'],
  [32, 'No such object'],
  [33, 'Alias problem'],
  [34, 'Invalid DN syntax'],
  [36, 'Alias dereferencing problem'],
  [48, 'Inappropriate authentication'],
  [49, 'Invalid credentials'],
  [50, 'Insufficient access'],
  [51, 'Server is busy'],
  [52, 'Server is unavailable'],
  [53, 'Server is unwilling to perform'],
  [54, 'Loop detected'],
  [80, 'Other (e.g., implementation specific) error'],
  [-1, "Can't contact LDAP server"],
  [-2, 'Local error'],
  [-3, 'Encoding error'],
  [-4, 'Decoding error'],
  [-5, 'Timed out'],
  [-6, 'Unknown authentication method'],
  [-7, 'Bad search filter'],
  [-8, 'User cancelled operation'],
  [-9, 'Bad parameter to an ldap routine'],
  [-10, 'Out of memory'],
  [-11, 'Connect error'],
  [-12, 'Not Supported'],
])

/** The sentence for a result code. */
export function ldapErrorText(resultCode: number): string {
  return TEXTS.get(resultCode) ?? 'Unknown error'
}
