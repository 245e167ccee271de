import { backfill, inSteps, transaction } from '../migration-steps'

/**
 * Links about logins that are mailed. What opens them is derived and stands nowhere.
 *
 * The tokens that Payload kept readable end, and so do passwords that somebody chose before the address was confirmed: who registered with the
 * address of somebody else knows one. Whoever reads the mails of the address registers again, and chooses their own.
 */
export const up = inSteps([
  transaction(
    'links',
    `CREATE TABLE parley.account_links (
      id uuid PRIMARY KEY,
      asked_for text NOT NULL,
      purpose text NOT NULL CONSTRAINT account_links_purpose CHECK (purpose IN ('register', 'known', 'invite', 'reset')),
      user_id uuid REFERENCES users ON DELETE CASCADE,
      address text NOT NULL CONSTRAINT account_links_address CHECK (address = lower(address)),
      name text NOT NULL,
      language text,
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT account_links_of_nobody CHECK (purpose <> 'register' OR user_id IS NULL),
      CONSTRAINT account_links_of_somebody CHECK (purpose NOT IN ('known', 'invite') OR user_id IS NOT NULL)
    );
    CREATE INDEX account_links_address_idx ON parley.account_links (address, created_at);
    CREATE INDEX account_links_expires_at_idx ON parley.account_links (expires_at);
    CREATE INDEX account_links_user_idx ON parley.account_links (user_id);`,
  ),
  backfill('readable_tokens', {
    table: 'users',
    sql: `UPDATE users SET _verificationtoken = NULL, reset_password_token = NULL, reset_password_expiration = NULL,
        hash = CASE WHEN _verified IS TRUE THEN hash END, salt = CASE WHEN _verified IS TRUE THEN salt END
      WHERE id BETWEEN $1 AND $2
        AND (_verificationtoken IS NOT NULL OR reset_password_token IS NOT NULL OR _verified IS NOT TRUE AND hash IS NOT NULL)`,
  }),
])

export const down = inSteps([transaction('links', 'DROP TABLE parley.account_links')])
