/** What an invented Form D says; amounts as the form has them (`Indefinite` is one of its words). */
export type InventedFiling = {
  form: 'D' | 'D/A';
  cik: string;
  name: string;
  city: string;
  region: string;
  offered: string;
  sold: string;
  /** ISO day, or the form's box for nothing sold yet. */
  firstSale: string | 'yet to occur';
  amends?: string;
  fundType?: string;
  investors: number;
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The XML as EDGAR publishes it (schema X0708), with an invented signer. */
export function formDDocument(filing: InventedFiling): string {
  const lines = [
    '<?xml version="1.0"?>',
    '<edgarSubmission>',
    '    <schemaVersion>X0708</schemaVersion>',
    `    <submissionType>${filing.form}</submissionType>`,
    '    <testOrLive>LIVE</testOrLive>',
    ...issuerLines(filing),
    '    <relatedPersonsList>',
    '        <relatedPersonInfo>',
    '            <relatedPersonName><firstName>Invented</firstName><lastName>Officer</lastName></relatedPersonName>',
    '            <relatedPersonRelationshipList><relationship>Executive Officer</relationship></relatedPersonRelationshipList>',
    '        </relatedPersonInfo>',
    '    </relatedPersonsList>',
    ...offeringLines(filing),
    '</edgarSubmission>',
  ];
  return `${lines.join('\n')}\n`;
}

function issuerLines(filing: InventedFiling): string[] {
  return [
    '    <primaryIssuer>',
    `        <cik>${filing.cik}</cik>`,
    `        <entityName>${escape(filing.name)}</entityName>`,
    '        <issuerAddress>',
    '            <street1>1 EXAMPLE STREET</street1>',
    `            <city>${escape(filing.city.toUpperCase())}</city>`,
    `            <stateOrCountry>${filing.region}</stateOrCountry>`,
    '        </issuerAddress>',
    '        <jurisdictionOfInc>DELAWARE</jurisdictionOfInc>',
    '        <issuerPreviousNameList><value>None</value></issuerPreviousNameList>',
    '        <edgarPreviousNameList><value>None</value></edgarPreviousNameList>',
    `        <entityType>${filing.fundType ? 'Limited Partnership' : 'Corporation'}</entityType>`,
    '    </primaryIssuer>',
  ];
}

function offeringLines(filing: InventedFiling): string[] {
  const group = filing.fundType ? 'Pooled Investment Fund' : 'Other Technology';
  const fund = filing.fundType
    ? `<investmentFundInfo><investmentFundType>${filing.fundType}</investmentFundType><is40Act>false</is40Act></investmentFundInfo>`
    : '';
  const remaining =
    filing.offered === 'Indefinite' ? 'Indefinite' : String(Number(filing.offered) - Number(filing.sold));
  const firstSale =
    filing.firstSale === 'yet to occur'
      ? '<yetToOccur>true</yetToOccur>'
      : `<value>${filing.firstSale}</value>`;
  const previous = filing.amends ? `<previousAccessionNumber>${filing.amends}</previousAccessionNumber>` : '';
  return [
    '    <offeringData>',
    `        <industryGroup><industryGroupType>${group}</industryGroupType>${fund}</industryGroup>`,
    '        <issuerSize><revenueRange>Decline to Disclose</revenueRange></issuerSize>',
    `        <federalExemptionsExclusions><item>06b</item>${filing.fundType ? '<item>3C</item><item>3C.1</item>' : ''}</federalExemptionsExclusions>`,
    '        <typeOfFiling>',
    `            <newOrAmendment><isAmendment>${filing.form === 'D/A'}</isAmendment>${previous}</newOrAmendment>`,
    `            <dateOfFirstSale>${firstSale}</dateOfFirstSale>`,
    '        </typeOfFiling>',
    `        <typesOfSecuritiesOffered><${filing.fundType ? 'isPooledInvestmentFundType' : 'isEquityType'}>true</${filing.fundType ? 'isPooledInvestmentFundType' : 'isEquityType'}></typesOfSecuritiesOffered>`,
    '        <businessCombinationTransaction><isBusinessCombinationTransaction>false</isBusinessCombinationTransaction></businessCombinationTransaction>',
    '        <offeringSalesAmounts>',
    `            <totalOfferingAmount>${filing.offered}</totalOfferingAmount>`,
    `            <totalAmountSold>${filing.sold}</totalAmountSold>`,
    `            <totalRemaining>${remaining}</totalRemaining>`,
    '        </offeringSalesAmounts>',
    `        <investors><hasNonAccreditedInvestors>false</hasNonAccreditedInvestors><totalNumberAlreadyInvested>${filing.investors}</totalNumberAlreadyInvested></investors>`,
    '    </offeringData>',
  ];
}
