import * as migration_20261121_073004_initial from './20261121_073004_initial';
import * as migration_20261121_120000_guards from './20261121_120000_guards';
import * as migration_20261121_130000_directory from './20261121_130000_directory';
import * as migration_20261121_140000_claims_name_their_session from './20261121_140000_claims_name_their_session';
import * as migration_20261125_204812_money from './20261125_204812_money';
import * as migration_20261125_205000_money_guards from './20261125_205000_money_guards';
import * as migration_20261125_211000_money_faults from './20261125_211000_money_faults';
import * as migration_20261125_211600_meeting_rooms from './20261125_211600_meeting_rooms';
import * as migration_20261125_212000_reconciliation_guards from './20261125_212000_reconciliation_guards';
import * as migration_20261125_213634_books_differ_message from './20261125_213634_books_differ_message';
import * as migration_20261125_221457_payout_accounts from './20261125_221457_payout_accounts';
import * as migration_20261125_222657_refunds_and_invoices from './20261125_222657_refunds_and_invoices';
import * as migration_20261125_224015_payouts from './20261125_224015_payouts';
import * as migration_20261125_224020_payout_guards from './20261125_224020_payout_guards';
import * as migration_20261126_012132_calendars from './20261126_012132_calendars';
import * as migration_20261126_012140_calendar_guards from './20261126_012140_calendar_guards';
import * as migration_20261126_080000_taken_time from './20261126_080000_taken_time';
import * as migration_20261129_061000_calendar_differences from './20261129_061000_calendar_differences';
import * as migration_20261129_061002_paid_elsewhere from './20261129_061002_paid_elsewhere';
import * as migration_20261129_061239_staff_bookings from './20261129_061239_staff_bookings';
import * as migration_20261129_061300_staff_booking_guards from './20261129_061300_staff_booking_guards';
import * as migration_20261129_094802_custom_attributes from './20261129_094802_custom_attributes';
import * as migration_20261129_094900_custom_attribute_guards from './20261129_094900_custom_attribute_guards';
import * as migration_20261129_095823_calendar_providers from './20261129_095823_calendar_providers';
import * as migration_20261129_100154_deliveries_by_channel from './20261129_100154_deliveries_by_channel';
import * as migration_20261129_151000_rate_limits from './20261129_151000_rate_limits';
import * as migration_20261129_151500_provider_limits from './20261129_151500_provider_limits';
import * as migration_20261129_151700_lost_work from './20261129_151700_lost_work';
import * as migration_20261129_152000_work_decisions from './20261129_152000_work_decisions';
import * as migration_20261129_193000_exact_limits from './20261129_193000_exact_limits';
import * as migration_20261129_200500_missing_documents from './20261129_200500_missing_documents';
import * as migration_20261129_201500_free_days from './20261129_201500_free_days';
import * as migration_20261129_201521_less_to_keep from './20261129_201521_less_to_keep';
import * as migration_20261130_101054_list_orders from './20261130_101054_list_orders';
import * as migration_20261201_020728_account_messages from './20261201_020728_account_messages';
import * as migration_20261201_021000_account_links from './20261201_021000_account_links';
import * as migration_20261201_021000_login_origins from './20261201_021000_login_origins';
import * as migration_20261201_023000_unconfirmed_mails from './20261201_023000_unconfirmed_mails';
import * as migration_20261201_024000_no_show_claims from './20261201_024000_no_show_claims';
import * as migration_20261201_070000_second_factors from './20261201_070000_second_factors';
import * as migration_20261201_070500_openid_identities from './20261201_070500_openid_identities';
import * as migration_20261201_070814_second_factor_settings from './20261201_070814_second_factor_settings';
import * as migration_20261201_070959_bounds_and_confirmed_bookings from './20261201_070959_bounds_and_confirmed_bookings';
import * as migration_20261201_071500_country_codes from './20261201_071500_country_codes';
import * as migration_20261201_124000_closed_otherwise from './20261201_124000_closed_otherwise';
import * as migration_20261201_125310_login_news from './20261201_125310_login_news';
import * as migration_20261201_132601_schedule_recurrences_shown_where_heeded from './20261201_132601_schedule_recurrences_shown_where_heeded';
import * as migration_20261201_153000_proved_logins from './20261201_153000_proved_logins';
import * as migration_20261201_160528_absences_and_blocks_that_come_back from './20261201_160528_absences_and_blocks_that_come_back';
import * as migration_20261201_160739_login_record_given from './20261201_160739_login_record_given';
import * as migration_20261201_163000_search_everything from './20261201_163000_search_everything';

export const migrations = [
  {
    up: migration_20261121_073004_initial.up,
    down: migration_20261121_073004_initial.down,
    name: '20261121_073004_initial',
  },
  {
    up: migration_20261121_120000_guards.up,
    down: migration_20261121_120000_guards.down,
    name: '20261121_120000_guards',
  },
  {
    up: migration_20261121_130000_directory.up,
    down: migration_20261121_130000_directory.down,
    name: '20261121_130000_directory',
  },
  {
    up: migration_20261121_140000_claims_name_their_session.up,
    down: migration_20261121_140000_claims_name_their_session.down,
    name: '20261121_140000_claims_name_their_session',
  },
  {
    up: migration_20261125_204812_money.up,
    down: migration_20261125_204812_money.down,
    name: '20261125_204812_money',
  },
  {
    up: migration_20261125_205000_money_guards.up,
    down: migration_20261125_205000_money_guards.down,
    name: '20261125_205000_money_guards',
  },
  {
    up: migration_20261125_211000_money_faults.up,
    down: migration_20261125_211000_money_faults.down,
    name: '20261125_211000_money_faults',
  },
  {
    up: migration_20261125_211600_meeting_rooms.up,
    down: migration_20261125_211600_meeting_rooms.down,
    name: '20261125_211600_meeting_rooms',
  },
  {
    up: migration_20261125_212000_reconciliation_guards.up,
    down: migration_20261125_212000_reconciliation_guards.down,
    name: '20261125_212000_reconciliation_guards',
  },
  {
    up: migration_20261125_213634_books_differ_message.up,
    down: migration_20261125_213634_books_differ_message.down,
    name: '20261125_213634_books_differ_message',
  },
  {
    up: migration_20261125_221457_payout_accounts.up,
    down: migration_20261125_221457_payout_accounts.down,
    name: '20261125_221457_payout_accounts',
  },
  {
    up: migration_20261125_222657_refunds_and_invoices.up,
    down: migration_20261125_222657_refunds_and_invoices.down,
    name: '20261125_222657_refunds_and_invoices',
  },
  {
    up: migration_20261125_224015_payouts.up,
    down: migration_20261125_224015_payouts.down,
    name: '20261125_224015_payouts',
  },
  {
    up: migration_20261125_224020_payout_guards.up,
    down: migration_20261125_224020_payout_guards.down,
    name: '20261125_224020_payout_guards',
  },
  {
    up: migration_20261126_012132_calendars.up,
    down: migration_20261126_012132_calendars.down,
    name: '20261126_012132_calendars',
  },
  {
    up: migration_20261126_012140_calendar_guards.up,
    down: migration_20261126_012140_calendar_guards.down,
    name: '20261126_012140_calendar_guards',
  },
  {
    up: migration_20261126_080000_taken_time.up,
    down: migration_20261126_080000_taken_time.down,
    name: '20261126_080000_taken_time',
  },
  {
    up: migration_20261129_061000_calendar_differences.up,
    down: migration_20261129_061000_calendar_differences.down,
    name: '20261129_061000_calendar_differences',
  },
  {
    up: migration_20261129_061002_paid_elsewhere.up,
    down: migration_20261129_061002_paid_elsewhere.down,
    name: '20261129_061002_paid_elsewhere',
  },
  {
    up: migration_20261129_061239_staff_bookings.up,
    down: migration_20261129_061239_staff_bookings.down,
    name: '20261129_061239_staff_bookings',
  },
  {
    up: migration_20261129_061300_staff_booking_guards.up,
    down: migration_20261129_061300_staff_booking_guards.down,
    name: '20261129_061300_staff_booking_guards',
  },
  {
    up: migration_20261129_094802_custom_attributes.up,
    down: migration_20261129_094802_custom_attributes.down,
    name: '20261129_094802_custom_attributes',
  },
  {
    up: migration_20261129_094900_custom_attribute_guards.up,
    down: migration_20261129_094900_custom_attribute_guards.down,
    name: '20261129_094900_custom_attribute_guards',
  },
  {
    up: migration_20261129_095823_calendar_providers.up,
    down: migration_20261129_095823_calendar_providers.down,
    name: '20261129_095823_calendar_providers',
  },
  {
    up: migration_20261129_100154_deliveries_by_channel.up,
    down: migration_20261129_100154_deliveries_by_channel.down,
    name: '20261129_100154_deliveries_by_channel',
  },
  {
    up: migration_20261129_151000_rate_limits.up,
    down: migration_20261129_151000_rate_limits.down,
    name: '20261129_151000_rate_limits',
  },
  {
    up: migration_20261129_151500_provider_limits.up,
    down: migration_20261129_151500_provider_limits.down,
    name: '20261129_151500_provider_limits',
  },
  {
    up: migration_20261129_151700_lost_work.up,
    down: migration_20261129_151700_lost_work.down,
    name: '20261129_151700_lost_work',
  },
  {
    up: migration_20261129_152000_work_decisions.up,
    down: migration_20261129_152000_work_decisions.down,
    name: '20261129_152000_work_decisions',
  },
  {
    up: migration_20261129_193000_exact_limits.up,
    down: migration_20261129_193000_exact_limits.down,
    name: '20261129_193000_exact_limits',
  },
  {
    up: migration_20261129_200500_missing_documents.up,
    down: migration_20261129_200500_missing_documents.down,
    name: '20261129_200500_missing_documents',
  },
  {
    up: migration_20261129_201500_free_days.up,
    down: migration_20261129_201500_free_days.down,
    name: '20261129_201500_free_days',
  },
  {
    up: migration_20261129_201521_less_to_keep.up,
    down: migration_20261129_201521_less_to_keep.down,
    name: '20261129_201521_less_to_keep',
  },
  {
    up: migration_20261130_101054_list_orders.up,
    down: migration_20261130_101054_list_orders.down,
    name: '20261130_101054_list_orders',
  },
  {
    up: migration_20261201_020728_account_messages.up,
    down: migration_20261201_020728_account_messages.down,
    name: '20261201_020728_account_messages',
  },
  {
    up: migration_20261201_021000_account_links.up,
    down: migration_20261201_021000_account_links.down,
    name: '20261201_021000_account_links',
  },
  {
    up: migration_20261201_021000_login_origins.up,
    down: migration_20261201_021000_login_origins.down,
    name: '20261201_021000_login_origins',
  },
  {
    up: migration_20261201_023000_unconfirmed_mails.up,
    down: migration_20261201_023000_unconfirmed_mails.down,
    name: '20261201_023000_unconfirmed_mails',
  },
  {
    up: migration_20261201_024000_no_show_claims.up,
    down: migration_20261201_024000_no_show_claims.down,
    name: '20261201_024000_no_show_claims',
  },
  {
    up: migration_20261201_070000_second_factors.up,
    down: migration_20261201_070000_second_factors.down,
    name: '20261201_070000_second_factors',
  },
  {
    up: migration_20261201_070500_openid_identities.up,
    down: migration_20261201_070500_openid_identities.down,
    name: '20261201_070500_openid_identities',
  },
  {
    up: migration_20261201_070814_second_factor_settings.up,
    down: migration_20261201_070814_second_factor_settings.down,
    name: '20261201_070814_second_factor_settings',
  },
  {
    up: migration_20261201_070959_bounds_and_confirmed_bookings.up,
    down: migration_20261201_070959_bounds_and_confirmed_bookings.down,
    name: '20261201_070959_bounds_and_confirmed_bookings',
  },
  {
    up: migration_20261201_071500_country_codes.up,
    down: migration_20261201_071500_country_codes.down,
    name: '20261201_071500_country_codes',
  },
  {
    up: migration_20261201_124000_closed_otherwise.up,
    down: migration_20261201_124000_closed_otherwise.down,
    name: '20261201_124000_closed_otherwise',
  },
  {
    up: migration_20261201_125310_login_news.up,
    down: migration_20261201_125310_login_news.down,
    name: '20261201_125310_login_news',
  },
  {
    up: migration_20261201_132601_schedule_recurrences_shown_where_heeded.up,
    down: migration_20261201_132601_schedule_recurrences_shown_where_heeded.down,
    name: '20261201_132601_schedule_recurrences_shown_where_heeded',
  },
  {
    up: migration_20261201_153000_proved_logins.up,
    down: migration_20261201_153000_proved_logins.down,
    name: '20261201_153000_proved_logins',
  },
  {
    up: migration_20261201_160528_absences_and_blocks_that_come_back.up,
    down: migration_20261201_160528_absences_and_blocks_that_come_back.down,
    name: '20261201_160528_absences_and_blocks_that_come_back',
  },
  {
    up: migration_20261201_160739_login_record_given.up,
    down: migration_20261201_160739_login_record_given.down,
    name: '20261201_160739_login_record_given',
  },
  {
    up: migration_20261201_163000_search_everything.up,
    down: migration_20261201_163000_search_everything.down,
    name: '20261201_163000_search_everything',
  },
];
