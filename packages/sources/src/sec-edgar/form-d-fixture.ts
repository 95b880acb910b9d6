/** A hand-made Form D for tests; every part can be changed or left out (`null`). */
export type FormDFixture = {
  submissionType?: string;
  schemaVersion?: string;
  cik?: string | null;
  name?: string;
  formerNames?: string[];
  stateOrCountry?: string;
  industryGroup?: string;
  fundType?: string | null;
  exemptions?: string[];
  amendmentOf?: string | null;
  firstSale?: string | null;
  securities?: string[];
  businessCombination?: boolean;
  offered?: string | null;
  sold?: string | null;
  coIssuer?: string | null;
  testOrLive?: string;
};

const element = (name: string, value: string | null | undefined): string =>
  value == null ? '' : `<${name}>${value}</${name}>`;

export function formDXml(fixture: FormDFixture = {}): string {
  const firstSale = fixture.firstSale === undefined ? '<value>2026-02-03</value>' : (fixture.firstSale ?? '');
  return `<?xml version="1.0"?>
<edgarSubmission>
    ${element('schemaVersion', fixture.schemaVersion ?? 'X0708')}
    ${element('submissionType', fixture.submissionType ?? 'D')}
    ${element('testOrLive', fixture.testOrLive ?? 'LIVE')}
    <primaryIssuer>${issuer(fixture)}</primaryIssuer>
    ${fixture.coIssuer ? `<issuerList><issuer>${issuer({ cik: '0000000077', name: fixture.coIssuer })}</issuer></issuerList>` : ''}
    <relatedPersonsList><relatedPersonInfo><relatedPersonName><firstName>Ines</firstName><lastName>Quill</lastName></relatedPersonName></relatedPersonInfo></relatedPersonsList>
    <offeringData>
        <industryGroup>${element('industryGroupType', fixture.industryGroup ?? 'Other Technology')}${fixture.fundType ? `<investmentFundInfo>${element('investmentFundType', fixture.fundType)}</investmentFundInfo>` : ''}</industryGroup>
        <federalExemptionsExclusions>${(fixture.exemptions ?? ['06b']).map((item) => element('item', item)).join('')}</federalExemptionsExclusions>
        <typeOfFiling><newOrAmendment>${element('isAmendment', String(Boolean(fixture.amendmentOf)))}${element('previousAccessionNumber', fixture.amendmentOf)}</newOrAmendment><dateOfFirstSale>${firstSale}</dateOfFirstSale></typeOfFiling>
        <typesOfSecuritiesOffered>${(fixture.securities ?? ['isEquityType']).map((name) => element(name, 'true')).join('')}</typesOfSecuritiesOffered>
        <businessCombinationTransaction>${element('isBusinessCombinationTransaction', String(fixture.businessCombination ?? false))}</businessCombinationTransaction>
        <offeringSalesAmounts>
            ${element('totalOfferingAmount', fixture.offered === undefined ? '9000000' : fixture.offered)}
            ${element('totalAmountSold', fixture.sold === undefined ? '7500000' : fixture.sold)}
        </offeringSalesAmounts>
    </offeringData>
</edgarSubmission>
`;
}

function issuer(fixture: FormDFixture): string {
  const former =
    (fixture.formerNames ?? []).map((name) => element('previousName', name)).join('') ||
    '<value>None</value>';
  return `${element('cik', fixture.cik === undefined ? '0001999001' : fixture.cik)}${element('entityName', fixture.name ?? 'Brightwater Analytics, Inc.')}<issuerAddress><city>BOSTON</city>${element('stateOrCountry', fixture.stateOrCountry ?? 'MA')}<stateOrCountryDescription>MASSACHUSETTS</stateOrCountryDescription></issuerAddress><issuerPreviousNameList>${former}</issuerPreviousNameList>`;
}
