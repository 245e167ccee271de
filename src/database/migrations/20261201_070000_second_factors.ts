import { inSteps, transaction } from '../migration-steps'

/**
 * What proves somebody after their password. A login that still has to stands in a table of its own, so what looks for sessions finds none of it.
 * The database itself refuses the session of an account with a second factor that was opened without one.
 */
export const up = inSteps([
  transaction(
    'tables',
    `CREATE TABLE parley.second_factors (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      kind text NOT NULL CONSTRAINT second_factors_kind CHECK (kind IN ('totp', 'passkey')),
      name text NOT NULL,
      secret text,
      last_step bigint,
      credential_id text,
      public_key text,
      counter bigint,
      transports text[],
      confirmed_at timestamptz,
      last_used_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT second_factors_totp CHECK ((kind = 'totp') = (secret IS NOT NULL)),
      CONSTRAINT second_factors_passkey CHECK (
        (kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL AND counter IS NOT NULL AND transports IS NOT NULL)
        AND (kind <> 'passkey' OR confirmed_at IS NOT NULL))
    );
    CREATE UNIQUE INDEX second_factors_one_app ON parley.second_factors (user_id, (confirmed_at IS NULL)) WHERE kind = 'totp';
    CREATE UNIQUE INDEX second_factors_credential ON parley.second_factors (credential_id);
    CREATE INDEX second_factors_user_idx ON parley.second_factors (user_id);
    CREATE TABLE parley.recovery_codes (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      code_hash text NOT NULL,
      used_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT recovery_codes_once UNIQUE (user_id, code_hash)
    );
    CREATE TABLE parley.waiting_logins (
      id uuid PRIMARY KEY,
      token_hash text NOT NULL CONSTRAINT waiting_logins_token UNIQUE,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      waits_for text NOT NULL CONSTRAINT waiting_logins_waits_for CHECK (waits_for IN ('second_factor', 'enrolment')),
      user_agent text,
      network text,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX waiting_logins_user_idx ON parley.waiting_logins (user_id);
    CREATE INDEX waiting_logins_expires_at_idx ON parley.waiting_logins (expires_at);
    CREATE TABLE parley.passkey_challenges (
      login_id text NOT NULL,
      purpose text NOT NULL CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('add', 'log_in')),
      challenge text NOT NULL,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (login_id, purpose)
    );
    CREATE INDEX passkey_challenges_expires_at_idx ON parley.passkey_challenges (expires_at);`,
  ),
  transaction('column', 'ALTER TABLE users_sessions ADD COLUMN second_factor_at timestamptz'),
  transaction(
    'guard',
    // Worth trying again: the login that was refused waits for the second factor then.
    `CREATE FUNCTION parley.refuse_half_login() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.second_factor_at IS NULL AND EXISTS (
        SELECT FROM parley.second_factors WHERE user_id = NEW._parent_id AND confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'This account has a second factor.' USING ERRCODE = 'serialization_failure';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER users_sessions_second_factor BEFORE INSERT ON users_sessions
      FOR EACH ROW EXECUTE FUNCTION parley.refuse_half_login();`,
  ),
])

export const down = inSteps([
  transaction(
    'guard',
    `DROP TRIGGER users_sessions_second_factor ON users_sessions;
    DROP FUNCTION parley.refuse_half_login();`,
  ),
  transaction('column', 'ALTER TABLE users_sessions DROP COLUMN second_factor_at'),
  transaction(
    'tables',
    'DROP TABLE parley.passkey_challenges, parley.waiting_logins, parley.recovery_codes, parley.second_factors',
  ),
])
