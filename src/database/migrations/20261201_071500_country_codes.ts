import { backfill, inSteps } from '../migration-steps'

/** ISO 3166-1 as it is now; the migration stays what it is when a country comes along. */
const codes = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
  CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
  GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
  KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
  NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
  SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
  VN VU WF WS YE YT ZA ZM ZW`

const known = codes
  .trim()
  .split(/\s+/)
  .map((code) => `'${code}'`)
  .join(', ')

const upper = `CASE upper(trim(address_country))
  WHEN 'UK' THEN 'GB' WHEN 'EL' THEN 'GR' WHEN 'D' THEN 'DE' WHEN 'A' THEN 'AT' WHEN 'F' THEN 'FR' WHEN 'I' THEN 'IT' WHEN 'E' THEN 'ES'
  ELSE upper(trim(address_country)) END`

/**
 * Countries of addresses are codes of ISO 3166-1. Two letters that said anything were taken before: small ones become capitals, signs of cars and the
 * like the code that they stand for, and what names no country is emptied. The release before writes what it likes meanwhile, and is not refused.
 */
export const up = inSteps([
  backfill('country_codes', {
    table: 'customers',
    sql: `UPDATE customers SET address_country = CASE WHEN ${upper} IN (${known}) THEN ${upper} END
      WHERE id BETWEEN $1 AND $2 AND address_country IS NOT NULL AND address_country NOT IN (${known})`,
  }),
])

/** Codes were valid before as well. */
export const down = inSteps([])
