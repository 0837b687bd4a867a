/**
 * result-code - names of LDAP result codes, for showing to people.
 *
 * RFC 4511 appendix A, RFC 4528 (122), RFC 4370 (123), and OpenLDAP's own: negative ones for failures on the
 * client's side (ldap.h), 16654 for an operation that would have succeeded under the No-Op control.
 */

const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'success'],
  [1, 'operationsError'],
  [2, 'protocolError'],
  [3, 'timeLimitExceeded'],
  [4, 'sizeLimitExceeded'],
  [5, 'compareFalse'],
  [6, 'compareTrue'],
  [7, 'authMethodNotSupported'],
  [8, 'strongerAuthRequired'],
  [10, 'referral'],
  [11, 'adminLimitExceeded'],
  [12, 'unavailableCriticalExtension'],
  [13, 'confidentialityRequired'],
  [14, 'saslBindInProgress'],
  [16, 'noSuchAttribute'],
  [17, 'undefinedAttributeType'],
  [18, 'inappropriateMatching'],
  [19, 'constraintViolation'],
  [20, 'attributeOrValueExists'],
  [21, 'invalidAttributeSyntax'],
  [32, 'noSuchObject'],
  [33, 'aliasProblem'],
  [34, 'invalidDNSyntax'],
  [36, 'aliasDereferencingProblem'],
  [48, 'inappropriateAuthentication'],
  [49, 'invalidCredentials'],
  [50, 'insufficientAccessRights'],
  [51, 'busy'],
  [52, 'unavailable'],
  [53, 'unwillingToPerform'],
  [54, 'loopDetect'],
  [64, 'namingViolation'],
  [65, 'objectClassViolation'],
  [66, 'notAllowedOnNonLeaf'],
  [67, 'notAllowedOnRDN'],
  [68, 'entryAlreadyExists'],
  [69, 'objectClassModsProhibited'],
  [71, 'affectsMultipleDSAs'],
  [76, 'virtualListViewError'],
  [80, 'other'],
  [113, 'lcupResourcesExhausted'],
  [114, 'lcupSecurityViolation'],
  [115, 'lcupInvalidData'],
  [116, 'lcupUnsupportedScheme'],
  [117, 'lcupReloadRequired'],
  [118, 'canceled'],
  [119, 'noSuchOperation'],
  [120, 'tooLate'],
  [121, 'cannotCancel'],
  [122, 'assertionFailed'],
  [123, 'authorizationDenied'],
  [4096, 'syncRefreshRequired'],
  [16654, 'noOperation'],
  [-1, 'serverDown'],
  [-2, 'localError'],
  [-3, 'encodingError'],
  [-4, 'decodingError'],
  [-5, 'timeout'],
  [-6, 'authenticationUnknown'],
  [-7, 'filterError'],
  [-8, 'userCancelled'],
  [-9, 'parameterError'],
  [-10, 'noMemory'],
  [-11, 'connectError'],
  [-12, 'notSupported'],
  [-13, 'controlNotFound'],
  [-14, 'noResultsReturned'],
  [-15, 'moreResultsToReturn'],
  [-16, 'clientLoop'],
  [-17, 'referralLimitExceeded'],
])

/** The code's name as the RFC or OpenLDAP writes it; `unknown` for codes without one. */
export function resultCodeName(code: number): string {
  return NAMES.get(code) ?? 'unknown'
}

/** For example `invalidDNSyntax (34)`. */
export function formatResultCode(code: number): string {
  return `${resultCodeName(code)} (${code})`
}

/** The code with this name, without regard to case. */
export function resultCodeOf(name: string): number | undefined {
  const wanted = name.toLowerCase()
  return [...NAMES].find(([, known]) => known.toLowerCase() === wanted)?.[0]
}
