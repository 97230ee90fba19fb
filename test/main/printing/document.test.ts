import { expect, test } from 'vitest'
import { htmlDocument } from '../../../src/main/printing/document.ts'

const hostile = `<script>alert("1")</script>' onload='x' & co`
const escaped = '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#39; onload=&#39;x&#39; &#38; co'

test('every text of a page is text, wherever it stands', () => {
  const html = htmlDocument({
    title: hostile,
    language: 'en',
    generatedAt: hostile,
    sections: [
      { kind: 'text', heading: hostile, lines: [hostile] },
      { kind: 'table', head: [hostile], rows: [[hostile]] },
      { kind: 'facts', facts: [[hostile, hostile]] },
      { kind: 'code', text: hostile },
      { kind: 'steps', steps: [hostile] },
    ],
  })
  expect(html).not.toContain('<script')
  expect(html).not.toContain("onload='x'")
  expect(html.split(escaped)).toHaveLength(12)
})

test('a page says its language and loads nothing', () => {
  const html = htmlDocument({ title: 'Plan', language: 'de', generatedAt: 'heute', sections: [] })
  expect(html).toMatch(/^<!doctype html>\n<html lang="de">/)
  expect(html).not.toMatch(/src=|href=|url\(|@import|https?:/)
})

test('a page keeps the order of its sections and the line ends of a code', () => {
  const html = htmlDocument({
    title: 'Sheet',
    language: 'en',
    generatedAt: 'now',
    sections: [
      { kind: 'facts', heading: 'File', facts: [['name', 'a.bin']] },
      { kind: 'code', heading: 'Key', text: 'abcd efgh\nijkl' },
      { kind: 'steps', steps: ['one', 'two'] },
    ],
  })
  expect(html).toContain(
    '<section><h2>File</h2><dl><dt>name</dt><dd>a.bin</dd></dl></section>\n' +
      '<section><h2>Key</h2><pre>abcd efgh\nijkl</pre></section>\n' +
      '<section><ol><li>one</li><li>two</li></ol></section>',
  )
})
