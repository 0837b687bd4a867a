/**
 * attribute-words - what people call an attribute. Attributes that are not of mail keep their own name.
 */
const WORDS: Readonly<Record<string, string>> = {
  mailalias: 'alias',
  mail: 'address',
  userpassword: 'password',
  cn: 'full name',
  sn: 'family name',
  givenname: 'given name',
  displayname: 'display name',
  mailquota: 'quota',
  mailforwardingaddress: 'forwarding address',
  mailgroupmember: 'list membership',
  mailhomedirectory: 'home directory',
  mailstoragedirectory: 'storage directory',
  mailenabled: 'sign-in',
  objectclass: 'object class',
  associatedname: 'administrator',
  telephonenumber: 'telephone number',
  uid: 'user name',
  dc: 'domain',
}

/** The word for an attribute in a sentence. */
export function attributeWord(attribute: string): string {
  return WORDS[attribute.toLowerCase()] ?? attribute
}
