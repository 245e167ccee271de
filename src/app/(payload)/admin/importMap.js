import { OldLoginPanel as OldLoginPanel_9b451657bcf76ac9287ad1dbad0d5a73 } from '../../../../src/app/(payload)/admin-components/old-login-panel'
import { InvitePanel as InvitePanel_494484c9fb44bf77efa1eee0a1f0c327 } from '../../../../src/app/(payload)/admin-components/invite-panel'
import { PlainCell as PlainCell_9e8c326603249ecddbe8771d65f6e3bc } from '../../../../src/app/(payload)/admin-components/plain-cell'
import { InstantCell as InstantCell_2d1307e34359b009ba68a33f8284cec7 } from '../../../../src/app/(payload)/admin-components/instant-cell'
import { LoginPanel as LoginPanel_7314a90922621fe52615dc2598da0f9f } from '../../../../src/app/(payload)/admin-components/login-panel'
import { JsonCell as JsonCell_8e47db78d80b74cb7e75cf630af4e372 } from '../../../../src/app/(payload)/admin-components/json-cell'
import { JsonField as JsonField_7594df2a823be125bf82a6c216fd8c5b } from '../../../../src/app/(payload)/admin-components/json-field'
import { CountryField as CountryField_3dce5a1a847a65cf82acbc072730c128 } from '../../../../src/app/(payload)/admin-components/country-field'
import { AttributesField as AttributesField_ef0fcdab39ed8377e6605be8e42b90cd } from '../../../../src/app/(payload)/admin-components/attributes-field'
import { AttributesCell as AttributesCell_85f915bf97a3c5018cd1f2d46533bc3f } from '../../../../src/app/(payload)/admin-components/attributes-cell'
import { StateCell as StateCell_8339634365b9c2d30e41e6d1037db022 } from '../../../../src/app/(payload)/admin-components/state-cell'
import { LinkToDoc as LinkToDoc_2e9be70cd13299dd4a11a5bd739a5a3c } from '@payloadcms/plugin-stripe/client'
import { ExportBar as ExportBar_8f710c3bd9b45bc6db1f267609a80fcc } from '../../../../src/app/(payload)/admin-components/export-bar'
import { AttributedList as AttributedList_6f46fc58f981881e299eee38fc396112 } from '../../../../src/app/(payload)/admin-components/views/attributed-list'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { InlineToolbarFeatureClient as InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UploadFeatureClient as UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { RelationshipFeatureClient as RelationshipFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ChecklistFeatureClient as ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { IndentFeatureClient as IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { AlignFeatureClient as AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineCodeFeatureClient as InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SuperscriptFeatureClient as SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SubscriptFeatureClient as SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { StrikethroughFeatureClient as StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnderlineFeatureClient as UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TouchedByProfile as TouchedByProfile_4c2779d04b64957408bdb53dc40fedce } from '../../../../src/app/(payload)/admin-components/touched-by-profile'
import { CalendarDateCell as CalendarDateCell_167fc68f577843df83ce4b62d4143b15 } from '../../../../src/app/(payload)/admin-components/calendar-date-cell'
import { AmountCell as AmountCell_043140ec8e07fd9a18db2abcfbd8d632 } from '../../../../src/app/(payload)/admin-components/amount-cell'
import { AmountField as AmountField_3e57e743ed344df20d2e08c6b93416fa } from '../../../../src/app/(payload)/admin-components/amount-field'
import { AttributeKeyField as AttributeKeyField_decfa46a4dc79a76300a77a4a1f81f84 } from '../../../../src/app/(payload)/admin-components/attribute-key-field'
import { AttributePeopleCell as AttributePeopleCell_8da075b1461557c7cae787672ece5e36 } from '../../../../src/app/(payload)/admin-components/attribute-people-cell'
import { PublicAttributeWarning as PublicAttributeWarning_8b873d98096e7ee59b6cfb31dbbe0320 } from '../../../../src/app/(payload)/admin-components/public-attribute-warning'
import { SchedulePreview as SchedulePreview_2a8d79de69f7a0a46353f5c872da217e } from '../../../../src/app/(payload)/admin-components/schedule-preview'
import { BlockPreview as BlockPreview_045f486b32a0188ca203d22ced55b015 } from '../../../../src/app/(payload)/admin-components/block-preview'
import { ViewerZoneNote as ViewerZoneNote_affba461184aa953a247ac4d1dc34d88 } from '../../../../src/app/(payload)/admin-components/viewer-zone-note'
import { MachineStatusField as MachineStatusField_f9a3328393ba6c3c6ac0d87db4368010 } from '../../../../src/app/(payload)/admin-components/machine-status-field'
import { StatusHistory as StatusHistory_64f9e03ada247dd4ad9b118d5df4f31f } from '../../../../src/app/(payload)/admin-components/status-history'
import { RescheduleHistory as RescheduleHistory_a4cbd3c1eaed632028019c5f1ca64d3b } from '../../../../src/app/(payload)/admin-components/reschedule-history'
import { SessionPanel as SessionPanel_9236afd71f3facf3cd7e046e3a39f4aa } from '../../../../src/app/(payload)/admin-components/session-panel'
import { NoShowClaimPanel as NoShowClaimPanel_6355bc6ca359b8497aeff136c3bd1a3e } from '../../../../src/app/(payload)/admin-components/no-show-claim-panel'
import { PaymentPanel as PaymentPanel_315bd2aa84be0df1514a42eeb0e2fe28 } from '../../../../src/app/(payload)/admin-components/payment-panel'
import { DisputePanel as DisputePanel_4d2ee426ec34c321b894a97a45cfae3a } from '../../../../src/app/(payload)/admin-components/dispute-panel'
import { StripeEventPanel as StripeEventPanel_fc7a488a6f72ff9dda7ead3459913f50 } from '../../../../src/app/(payload)/admin-components/stripe-event-panel'
import { FailedEventsBar as FailedEventsBar_ffc5791eaf97971718618e3b673da285 } from '../../../../src/app/(payload)/admin-components/failed-events-bar'
import { CompareNowBar as CompareNowBar_d8d377ce90f23c87739c319580b2a515 } from '../../../../src/app/(payload)/admin-components/compare-now-bar'
import { AddressNotice as AddressNotice_32e2af9c02454e1f514979509751ea89 } from '../../../../src/app/(payload)/admin-components/address-notice'
import { SearchKey as SearchKey_479cc44febfffcd7a4539d765d66551b } from '../../../../src/app/(payload)/admin-components/search/search-key'
import { LoginProviders as LoginProviders_30789d66690f054b5fd792f2a83785ba } from '../../../../src/app/(payload)/admin-components/login-providers'
import { CalendarLink as CalendarLink_c49bd1868cb3caee995673d6b0667a98 } from '../../../../src/app/(payload)/admin-components/calendar-link'
import { StuckWorkLink as StuckWorkLink_28c14aaf54410c39515cf26f68abb235 } from '../../../../src/app/(payload)/admin-components/stuck-work-link'
import { StorageLink as StorageLink_fb327fa1c93554f6374efbf048b73c60 } from '../../../../src/app/(payload)/admin-components/storage-link'
import { MoneyLinks as MoneyLinks_be221f055ea330ebc9e1fa4f87ae62ca } from '../../../../src/app/(payload)/admin-components/money-links'
import { SecondFactorGate as SecondFactorGate_08a87b49b743c52bce962d1a030587a5 } from '../../../../src/app/(payload)/admin-components/account/second-factor-gate'
import { SecondFactorPage as SecondFactorPage_54aabe53971c7aa4b8f863a63c849790 } from '../../../../src/app/(payload)/admin-components/views/second-factor-page'
import { SearchPage as SearchPage_4f21af169e4992c1e79769c176ddcf1e } from '../../../../src/app/(payload)/admin-components/views/search-page'
import { MoneyOverview as MoneyOverview_e61c40663be883e97592b70b19d6bbdd } from '../../../../src/app/(payload)/admin-components/views/money-overview'
import { StuckWorkPage as StuckWorkPage_2881ca47bfc1539c7b80dbe942ca84d1 } from '../../../../src/app/(payload)/admin-components/views/stuck-work-page'
import { StoragePage as StoragePage_e468c413c0ba06da4d576ed3cda4fec2 } from '../../../../src/app/(payload)/admin-components/views/storage-page'
import { PayoutsPage as PayoutsPage_6763da4a233a26672316498ca96157c3 } from '../../../../src/app/(payload)/admin-components/views/payouts-page'
import { MyCalendarPage as MyCalendarPage_fc5b3bda9aacc018d299529238c7ac39 } from '../../../../src/app/(payload)/admin-components/views/my-calendar-page'
import { SearchBox as SearchBox_0800bb28292106d4344c8c74867184be } from '../../../../src/app/(payload)/admin-components/widgets/search-box'
import { NowAndNext as NowAndNext_2112f3fe64bee0cf405d320d130f4c6a } from '../../../../src/app/(payload)/admin-components/widgets/now-and-next'
import { WaitingFor as WaitingFor_bb5a3bc43f626a3d365a5d9430cf8347 } from '../../../../src/app/(payload)/admin-components/widgets/waiting-for'
import { MoneyToday as MoneyToday_1ee1c0ac14e16537052bb3e5e00cb999 } from '../../../../src/app/(payload)/admin-components/widgets/money-today'
import { UnbookableExperts as UnbookableExperts_fa6c0001db1bd89d5827840cdf25cb16 } from '../../../../src/app/(payload)/admin-components/widgets/unbookable-experts'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/app/(payload)/admin-components/old-login-panel#OldLoginPanel": OldLoginPanel_9b451657bcf76ac9287ad1dbad0d5a73,
  "/src/app/(payload)/admin-components/invite-panel#InvitePanel": InvitePanel_494484c9fb44bf77efa1eee0a1f0c327,
  "/src/app/(payload)/admin-components/plain-cell#PlainCell": PlainCell_9e8c326603249ecddbe8771d65f6e3bc,
  "/src/app/(payload)/admin-components/instant-cell#InstantCell": InstantCell_2d1307e34359b009ba68a33f8284cec7,
  "/src/app/(payload)/admin-components/login-panel#LoginPanel": LoginPanel_7314a90922621fe52615dc2598da0f9f,
  "/src/app/(payload)/admin-components/json-cell#JsonCell": JsonCell_8e47db78d80b74cb7e75cf630af4e372,
  "/src/app/(payload)/admin-components/json-field#JsonField": JsonField_7594df2a823be125bf82a6c216fd8c5b,
  "/src/app/(payload)/admin-components/country-field#CountryField": CountryField_3dce5a1a847a65cf82acbc072730c128,
  "/src/app/(payload)/admin-components/attributes-field#AttributesField": AttributesField_ef0fcdab39ed8377e6605be8e42b90cd,
  "/src/app/(payload)/admin-components/attributes-cell#AttributesCell": AttributesCell_85f915bf97a3c5018cd1f2d46533bc3f,
  "/src/app/(payload)/admin-components/state-cell#StateCell": StateCell_8339634365b9c2d30e41e6d1037db022,
  "@payloadcms/plugin-stripe/client#LinkToDoc": LinkToDoc_2e9be70cd13299dd4a11a5bd739a5a3c,
  "/src/app/(payload)/admin-components/export-bar#ExportBar": ExportBar_8f710c3bd9b45bc6db1f267609a80fcc,
  "/src/app/(payload)/admin-components/views/attributed-list#AttributedList": AttributedList_6f46fc58f981881e299eee38fc396112,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#InlineToolbarFeatureClient": InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UploadFeatureClient": UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#RelationshipFeatureClient": RelationshipFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ChecklistFeatureClient": ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#IndentFeatureClient": IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#AlignFeatureClient": AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineCodeFeatureClient": InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SuperscriptFeatureClient": SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SubscriptFeatureClient": SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#StrikethroughFeatureClient": StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnderlineFeatureClient": UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/src/app/(payload)/admin-components/touched-by-profile#TouchedByProfile": TouchedByProfile_4c2779d04b64957408bdb53dc40fedce,
  "/src/app/(payload)/admin-components/calendar-date-cell#CalendarDateCell": CalendarDateCell_167fc68f577843df83ce4b62d4143b15,
  "/src/app/(payload)/admin-components/amount-cell#AmountCell": AmountCell_043140ec8e07fd9a18db2abcfbd8d632,
  "/src/app/(payload)/admin-components/amount-field#AmountField": AmountField_3e57e743ed344df20d2e08c6b93416fa,
  "/src/app/(payload)/admin-components/attribute-key-field#AttributeKeyField": AttributeKeyField_decfa46a4dc79a76300a77a4a1f81f84,
  "/src/app/(payload)/admin-components/attribute-people-cell#AttributePeopleCell": AttributePeopleCell_8da075b1461557c7cae787672ece5e36,
  "/src/app/(payload)/admin-components/public-attribute-warning#PublicAttributeWarning": PublicAttributeWarning_8b873d98096e7ee59b6cfb31dbbe0320,
  "/src/app/(payload)/admin-components/schedule-preview#SchedulePreview": SchedulePreview_2a8d79de69f7a0a46353f5c872da217e,
  "/src/app/(payload)/admin-components/block-preview#BlockPreview": BlockPreview_045f486b32a0188ca203d22ced55b015,
  "/src/app/(payload)/admin-components/viewer-zone-note#ViewerZoneNote": ViewerZoneNote_affba461184aa953a247ac4d1dc34d88,
  "/src/app/(payload)/admin-components/machine-status-field#MachineStatusField": MachineStatusField_f9a3328393ba6c3c6ac0d87db4368010,
  "/src/app/(payload)/admin-components/status-history#StatusHistory": StatusHistory_64f9e03ada247dd4ad9b118d5df4f31f,
  "/src/app/(payload)/admin-components/reschedule-history#RescheduleHistory": RescheduleHistory_a4cbd3c1eaed632028019c5f1ca64d3b,
  "/src/app/(payload)/admin-components/session-panel#SessionPanel": SessionPanel_9236afd71f3facf3cd7e046e3a39f4aa,
  "/src/app/(payload)/admin-components/no-show-claim-panel#NoShowClaimPanel": NoShowClaimPanel_6355bc6ca359b8497aeff136c3bd1a3e,
  "/src/app/(payload)/admin-components/payment-panel#PaymentPanel": PaymentPanel_315bd2aa84be0df1514a42eeb0e2fe28,
  "/src/app/(payload)/admin-components/dispute-panel#DisputePanel": DisputePanel_4d2ee426ec34c321b894a97a45cfae3a,
  "/src/app/(payload)/admin-components/stripe-event-panel#StripeEventPanel": StripeEventPanel_fc7a488a6f72ff9dda7ead3459913f50,
  "/src/app/(payload)/admin-components/failed-events-bar#FailedEventsBar": FailedEventsBar_ffc5791eaf97971718618e3b673da285,
  "/src/app/(payload)/admin-components/compare-now-bar#CompareNowBar": CompareNowBar_d8d377ce90f23c87739c319580b2a515,
  "/src/app/(payload)/admin-components/address-notice#AddressNotice": AddressNotice_32e2af9c02454e1f514979509751ea89,
  "/src/app/(payload)/admin-components/search/search-key#SearchKey": SearchKey_479cc44febfffcd7a4539d765d66551b,
  "/src/app/(payload)/admin-components/login-providers#LoginProviders": LoginProviders_30789d66690f054b5fd792f2a83785ba,
  "/src/app/(payload)/admin-components/calendar-link#CalendarLink": CalendarLink_c49bd1868cb3caee995673d6b0667a98,
  "/src/app/(payload)/admin-components/stuck-work-link#StuckWorkLink": StuckWorkLink_28c14aaf54410c39515cf26f68abb235,
  "/src/app/(payload)/admin-components/storage-link#StorageLink": StorageLink_fb327fa1c93554f6374efbf048b73c60,
  "/src/app/(payload)/admin-components/money-links#MoneyLinks": MoneyLinks_be221f055ea330ebc9e1fa4f87ae62ca,
  "/src/app/(payload)/admin-components/account/second-factor-gate#SecondFactorGate": SecondFactorGate_08a87b49b743c52bce962d1a030587a5,
  "/src/app/(payload)/admin-components/views/second-factor-page#SecondFactorPage": SecondFactorPage_54aabe53971c7aa4b8f863a63c849790,
  "/src/app/(payload)/admin-components/views/search-page#SearchPage": SearchPage_4f21af169e4992c1e79769c176ddcf1e,
  "/src/app/(payload)/admin-components/views/money-overview#MoneyOverview": MoneyOverview_e61c40663be883e97592b70b19d6bbdd,
  "/src/app/(payload)/admin-components/views/stuck-work-page#StuckWorkPage": StuckWorkPage_2881ca47bfc1539c7b80dbe942ca84d1,
  "/src/app/(payload)/admin-components/views/storage-page#StoragePage": StoragePage_e468c413c0ba06da4d576ed3cda4fec2,
  "/src/app/(payload)/admin-components/views/payouts-page#PayoutsPage": PayoutsPage_6763da4a233a26672316498ca96157c3,
  "/src/app/(payload)/admin-components/views/my-calendar-page#MyCalendarPage": MyCalendarPage_fc5b3bda9aacc018d299529238c7ac39,
  "/src/app/(payload)/admin-components/widgets/search-box#SearchBox": SearchBox_0800bb28292106d4344c8c74867184be,
  "/src/app/(payload)/admin-components/widgets/now-and-next#NowAndNext": NowAndNext_2112f3fe64bee0cf405d320d130f4c6a,
  "/src/app/(payload)/admin-components/widgets/waiting-for#WaitingFor": WaitingFor_bb5a3bc43f626a3d365a5d9430cf8347,
  "/src/app/(payload)/admin-components/widgets/money-today#MoneyToday": MoneyToday_1ee1c0ac14e16537052bb3e5e00cb999,
  "/src/app/(payload)/admin-components/widgets/unbookable-experts#UnbookableExperts": UnbookableExperts_fa6c0001db1bd89d5827840cdf25cb16,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
