import { readLine } from './read-text'

/** ISO 3166-1: alpha-2 and alpha-3 of every country. */
const table = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL
  BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD
  CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
  DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
  GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN
  IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
  KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE
  MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
  NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
  PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN
  SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL
  TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
  VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`

const codes: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split(/\s+/)
    .map((both) => [both.slice(2), both.slice(0, 2)]),
)

/** Every code of two letters, in their order. */
export const countryCodes: readonly string[] = [...codes.values()]

const known: ReadonlySet<string> = new Set(countryCodes)

/** As people write them; signs of cars, and names of parts of a country, stand for it. */
const others: Readonly<Record<string, string>> = {
  ...{ uk: 'GB', greatbritain: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', northernireland: 'GB', britain: 'GB' },
  ...{ grossbritannien: 'GB', schottland: 'GB', usa: 'US', us: 'US', unitedstatesofamerica: 'US', america: 'US' },
  ...{ vereinigtestaatenvonamerika: 'US', holland: 'NL', czechrepublic: 'CZ', tschechischerepublik: 'CZ', el: 'GR' },
  ...{
    turkey: 'TR',
    ivorycoast: 'CI',
    southkorea: 'KR',
    russianfederation: 'RU',
    uae: 'AE',
    d: 'DE',
    a: 'AT',
    f: 'FR',
  },
}

/** In these languages names are understood, with their own as well. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'da', 'sv', 'tr']

/** Names without accents, signs and spaces, in small letters. */
const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]/gu, '')

let names: Map<string, string> | undefined

const namesOfCountries = (): Map<string, string> => {
  const found = new Map<string, string>()
  for (const language of languages) {
    const shown = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of countryCodes) {
      const name = shown.of(code)
      if (name !== undefined && !found.has(fold(name))) found.set(fold(name), code)
    }
  }
  for (const [name, code] of Object.entries(others)) found.set(name, code)
  return found
}

/** What a country is called in a language. */
export const nameOfCountry = (code: string, language = 'en'): string =>
  new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code

/**
 * A country as it is stored: its code of two letters (ISO 3166-1), understood in small letters, as three letters, and by its name.
 * @returns undefined for what is none.
 */
export const readCountry = (text: string): string | undefined => {
  const line = readLine(text).value
  if (line === undefined || line.length > 100) return undefined
  const upper = line.toUpperCase()
  if (known.has(upper)) return upper
  names ??= namesOfCountries()
  return codes.get(upper) ?? names.get(fold(line))
}
