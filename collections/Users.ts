import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { adminField, derived, setByStaff } from '#access/field-access'
import { ownUser } from '#access/record-access'
import { hasRole, userRoles } from '#access/roles'
import { instantField } from '#database/fields/time-fields'
import { optionsOf, paragraphField, phoneField, secretField, textField } from '#database/fields/text-fields'
import { imageField } from '#database/fields/relation-fields'
import { panelField } from '#database/fields/panel-field'
import { settings } from '#settings'
import { closePayloadLinks } from '#hooks/users/close-payload-links'
import { giveRandomPassword, guardConfirmation, inviteNewUser } from '#hooks/users/confirm-by-link'
import { endOtherWaysIn } from '#hooks/users/end-other-ways-in'
import { endSessionsOfDeactivated } from '#hooks/users/end-sessions-of-deactivated'
import { forgiveUnlocked } from '#hooks/users/forgive-unlocked'
import { guardLoginBeforePassword } from '#hooks/users/guard-login'
import { guardLoginChange } from '#hooks/users/guard-login-change'
import { holdRefreshedSession } from '#hooks/users/hold-refreshed-session'
import { limitAuthentication } from '#hooks/users/limit-authentication'
import { linkCustomer } from '#hooks/users/link-customer'
import { lockAddresses } from '#hooks/users/lock-addresses'
import { protectAccounts, protectAccountsFromDelete } from '#hooks/users/protect-accounts'
import { refuseDeactivatedLogin } from '#hooks/users/refuse-deactivated-login'
import { refuseUnconfirmedLogin } from '#hooks/users/refuse-unconfirmed-login'
import { requireGoodPassword } from '#hooks/users/require-good-password'
import { answerWaitingLogin, settleCompleteLogin } from '#hooks/users/settle-login'

/** Whoever can log in. What consultants and customers are stands in records of their own. */
export const Users: CollectionConfig = {
  slug: 'users',
  disableDuplicate: true,
  labels: { singular: { en: 'User', de: 'Benutzer' }, plural: { en: 'Users', de: 'Benutzer' } },
  auth: {
    // Payload's lock would let any stranger lock somebody out; what is counted instead stands in login-guards.ts.
    maxLoginAttempts: 0,
    tokenExpiration: 8 * 60 * 60,
    cookies: { secure: settings.serverUrl.startsWith('https:'), sameSite: 'Lax' },
  },
  admin: {
    group: { en: 'People', de: 'Personen' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'roles', 'isActive', 'lastLoginAt'],
    listSearchableFields: ['name', 'email'],
    description: {
      en: 'Logins. What a consultant or a customer is lies in their own records.',
      de: 'Benutzerkonten. Was zu Fachpersonen oder Kundschaft gehört, steht in deren eigenen Einträgen.',
    },
  },
  access: {
    admin: ({ req }) => hasRole(req, 'admin', 'operations', 'consultant'),
    create: staff,
    read: ownUser,
    update: ownUser,
    delete: staff,
    unlock: staff,
    readVersions: nobody,
  },
  hooks: {
    beforeOperation: [
      limitAuthentication,
      closePayloadLinks,
      guardLoginBeforePassword,
      giveRandomPassword,
      holdRefreshedSession,
    ],
    afterOperation: [forgiveUnlocked, answerWaitingLogin],
    beforeValidate: [requireGoodPassword],
    beforeChange: [
      ...[protectAccounts, guardConfirmation, guardLoginChange],
      ...[endSessionsOfDeactivated, endOtherWaysIn, lockAddresses],
    ],
    afterChange: [linkCustomer, inviteNewUser],
    beforeDelete: [protectAccountsFromDelete],
    beforeLogin: [refuseDeactivatedLogin, refuseUnconfirmedLogin],
    afterLogin: [settleCompleteLogin],
  },
  fields: [
    { name: 'email', type: 'email', required: true, unique: true, access: { update: adminField } },
    panelField('invite-panel', ({ id, _verified }) => typeof id === 'string' && _verified !== true),
    {
      name: '_verified',
      type: 'checkbox',
      label: { en: 'Address confirmed', de: 'Adresse bestätigt' },
      access: { create: adminField, update: adminField },
      admin: {
        position: 'sidebar',
        description: {
          en: 'Set by the link that a new user is mailed, and they choose a password of their own with it. Tick it only if you know that the address is theirs: then nothing is mailed, and the password counts that you set here.',
          de: 'Setzt der Link, den neue Benutzer per Mail bekommen; damit wählen sie auch ein eigenes Passwort. Haken Sie es nur an, wenn Sie wissen, dass die Adresse stimmt: dann geht keine Mail hinaus, und es gilt das Passwort, das Sie hier setzen.',
        },
      },
    },
    // Nothing fills it. The release before does, so the column goes with the next one.
    secretField('_verificationToken'),
    textField('name', { required: true }),
    {
      name: 'roles',
      type: 'select',
      hasMany: true,
      required: true,
      options: optionsOf(userRoles),
      defaultValue: ['customer'],
      saveToJWT: true,
      access: { create: adminField, update: adminField },
      admin: { description: { en: 'Only administrators change roles.', de: 'Nur Administratoren ändern Rollen.' } },
    },
    imageField('profileImage'),
    paragraphField('bio', { maxLength: 2_000 }),
    phoneField(),
    {
      name: 'isActive',
      type: 'checkbox',
      defaultValue: true,
      index: true,
      access: setByStaff,
      admin: {
        description: {
          en: 'Switched off, the user cannot log in, and is logged out everywhere.',
          de: 'Ausgeschaltet ist keine Anmeldung möglich, und alle Anmeldungen enden.',
        },
      },
    },
    instantField('lastLoginAt', { access: derived, readOnly: true }),
    panelField('login-panel'),
    // The release before locks accounts by these, and runs beside this one during an upgrade.
    { name: 'loginAttempts', type: 'number', defaultValue: 0, hidden: true, access: derived },
    { name: 'lockUntil', type: 'date', hidden: true, access: derived },
  ],
}
