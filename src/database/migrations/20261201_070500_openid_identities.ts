import { inSteps, transaction } from '../migration-steps'

/**
 * Accounts of OpenID providers with which people log in, and the sign-ins that were used up. What a provider gives out to ask more of it is
 * not kept.
 */
export const up = inSteps([
  transaction(
    'openid',
    `CREATE TABLE parley.openid_identities (
      id uuid PRIMARY KEY,
      issuer text NOT NULL,
      subject text NOT NULL,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      email text,
      last_login_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT openid_identities_subject UNIQUE (issuer, subject)
    );
    CREATE INDEX openid_identities_user_idx ON parley.openid_identities (user_id);
    CREATE TABLE parley.openid_uses (
      state_hash text PRIMARY KEY,
      used_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX openid_uses_used_at_idx ON parley.openid_uses (used_at);`,
  ),
])

export const down = inSteps([
  transaction('openid', 'DROP TABLE parley.openid_identities; DROP TABLE parley.openid_uses'),
])
