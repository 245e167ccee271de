import { createIndex, dropIndex, inSteps, transaction } from '../migration-steps'

const key = 'parley.person_key(name, email, company, phone)'

/**
 * What people are found by, whichever letters and digits somebody types of them. Functions and not columns: there is no copy that could be
 * behind. Digits of a telephone number stand together, as people group them as they like.
 */
export const up = inSteps([
  transaction(
    'keys',
    `
    CREATE FUNCTION parley.search_key(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
      $$ SELECT lower(regexp_replace(normalize($1, NFKD), '[\\u0300-\\u036f]', '', 'g')) $$;
    CREATE FUNCTION parley.person_key(name text, email text, company text, phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
      $$ SELECT parley.search_key(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(company, '')) || ' '
        || regexp_replace(coalesce(phone, ''), '\\D', '', 'g') $$;`,
  ),
  createIndex('customers_person_key_idx', 'customers', `USING gin ((${key}) gin_trgm_ops)`),
  createIndex('consultant_profiles_person_key_idx', 'consultant_profiles', `USING gin ((${key}) gin_trgm_ops)`),
])

export const down = inSteps([
  dropIndex('consultant_profiles_person_key_idx'),
  dropIndex('customers_person_key_idx'),
  transaction('keys', 'DROP FUNCTION parley.person_key(text, text, text, text); DROP FUNCTION parley.search_key(text)'),
])
