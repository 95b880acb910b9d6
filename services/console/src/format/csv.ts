/** A phone number as it is written between countries. It adds nothing up, and other systems would not know it with an apostrophe. */
const PHONE = /^\+\d{7,15}$/;

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front: text from outside must stay text. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const runs = /^[\s]*[=+\-@\t\r]/.test(value) && !PHONE.test(value);
  const safe = runs ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [header, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

/** Hands the text to the browser as a file. The mark in front makes spreadsheets read UTF-8. */
export function download(fileName: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
