import { expect, it } from 'vitest';

import { readFeed } from './read-feed.ts';

const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
const item = (title: string, more = '') =>
  `<item><title>${title}</title><link>https://news.example/a</link>${more}</item>`;

it('reads RSS: date, guid, HTML in title and text', () => {
  const [entry] = readFeed(
    'press/1',
    rss(
      item(
        '<![CDATA[<b>Acme</b> raises &amp; spends]]>',
        '<guid>g1</guid><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate><description>&lt;p&gt;Boston&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>',
      ),
    ),
  );
  expect(entry).toEqual({
    id: 'g1',
    title: 'Acme raises & spends',
    text: 'Boston',
    url: 'https://news.example/a',
    publishedAt: '2026-03-02T09:00:00.000Z',
    publisher: 'news.example',
    language: null,
  });
});

it('reads Atom, and RSS 1.0 over RDF', () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">Acme &amp;amp; Co</title>
    <link rel="edit" href="https://news.example/edit"/><link href="https://news.example/1"/><updated>2026-03-02T10:00:00Z</updated><summary>Text</summary></entry></feed>`;
  expect(readFeed('press/1', atom)).toEqual([
    {
      id: 'urn:1',
      title: 'Acme & Co',
      text: 'Text',
      url: 'https://news.example/1',
      publishedAt: '2026-03-02T10:00:00.000Z',
      publisher: 'news.example',
      language: null,
    },
  ]);
  const rdf = `<rdf:RDF xmlns:rdf="r"><channel/><item><title>Acme</title><link>https://news.example/2</link><dc:date xmlns:dc="d">2026-03-02</dc:date></item></rdf:RDF>`;
  expect(readFeed('press/1', rdf)).toMatchObject([{ id: 'https://news.example/2', title: 'Acme' }]);
});

it('knows the language of a feed, and who has published what a collection shows', () => {
  const collected = rss(
    `<language>de-AT</language>${item('Acme', '<source url="https://www.paper.example/feed">Paper</source>')}`,
  );
  expect(readFeed('press/1', collected)).toMatchObject([{ language: 'de', publisher: 'paper.example' }]);
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><entry><id>1</id><title>A</title><link href="https://www.n.example/1"/></entry>
    <entry xml:lang="nl"><id>2</id><title>B</title><link href="https://n.example/2"/></entry></feed>`;
  expect(readFeed('press/1', atom)).toMatchObject([
    { language: 'fr', publisher: 'n.example' },
    { language: 'nl' },
  ]);
});

it('refuses bombs, external entities, pages and half a feed', () => {
  const bomb = `<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${rss(item('&b;'))}`;
  const external = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${rss(item('&f;'))}`;
  for (const bad of [bomb, external, '<html><body>Sign in</body></html>', rss(item('x')).slice(0, 60), ''])
    expect(() => readFeed('press/1', bad), bad.slice(0, 40)).toThrow(/malformed/);
  expect(() => readFeed('press/1', rss('x'.repeat(4_000_001)))).toThrow(/too_large/);
});

it('leaves out entries without title or web link, stops at 500, and takes dates of before the web for none', () => {
  const script = '<item><title>Acme</title><link>javascript:alert(1)</link></item>';
  const old = item('Acme', '<pubDate>Mon, 01 Jan 1900 00:00:00 GMT</pubDate>');
  const read = readFeed(
    'press/1',
    rss(script + item('') + old + item('Other', '<guid>o</guid>').repeat(600)),
  );
  expect(read).toHaveLength(498);
  expect(read[0]).toMatchObject({ title: 'Acme', publishedAt: null });
});
