/** A sentence and where it starts in the text it was cut from (characters). */
export type Sentence = { text: string; start: number };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const LONGEST = 4_000;
/** What never ends a sentence: `Mr.`, a middle initial, `U.S.`. */
const ABBREVIATED =
  /(?:^|[\s(“"])(?:Mr|Mrs|Ms|Dr|Prof|Jr|Sr|St|No|vs|Esq|Ph\.D|M\.D|U\.S|N\.A|L\.P|\p{Lu})\.\s*$/u;
/** What ends one only where the next words begin one. */
const LEGAL_FORM = /(?:Inc|Corp|Co|Ltd)\.\s*$/;
const BEGINS =
  /^(On|The|In|As|At|Effective|Also|Upon|Following|Pursuant|There|This|He|She|Mr|Ms|Mrs|Dr|A|An|It|Prior|Previously)\b/;

/** Cuts text into sentences; a line's end always ends one. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    let open: Sentence | null = null;
    for (const { segment, index } of segmenter.segment(line)) {
      if (open !== null && goesOn(open, segment)) open.text += segment;
      else {
        if (open !== null) sentences.push(trimmed(open));
        open = { text: segment, start: lineStart + index };
      }
    }
    if (open !== null) sentences.push(trimmed(open));
    lineStart += line.length + 1;
  }
  return sentences.flatMap(pieces);
}

function goesOn({ text }: Sentence, next: string): boolean {
  if (text.length + next.length > LONGEST) return false;
  const end = text.slice(-20);
  return ABBREVIATED.test(end) || (LEGAL_FORM.test(end) && !BEGINS.test(next));
}

/** In pieces that can be searched: nobody writes such a sentence, but a table or a hostile text may look like one. */
function pieces({ text, start }: Sentence): Sentence[] {
  const count = Math.ceil(text.length / LONGEST);
  return Array.from({ length: count }, (_, at) => ({
    text: text.slice(at * LONGEST, (at + 1) * LONGEST),
    start: start + at * LONGEST,
  }));
}

function trimmed(sentence: Sentence): Sentence {
  const leading = /^\s*/.exec(sentence.text)?.[0].length ?? 0;
  return { text: sentence.text.trim(), start: sentence.start + leading };
}
