import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOutXml } from '../../../src/main/archives/xml-layout.ts'

const layOut = (text: string): string | undefined => layOutXml(text, 100_000)

describe('XML is laid out', () => {
  test('in lines, where nothing but tags stands', () => {
    const text =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x>y">]><a b="1>2"><!-- note --><c/><d>text &e;</d><f> </f><g><![CDATA[<x>]]></g></a>'
    expect(layOut(text)).toBe(
      [
        '<?xml version="1.0"?>',
        '<!DOCTYPE a [<!ENTITY e "x>y">]>',
        '<a b="1>2">',
        '  <!-- note -->',
        '  <c/>',
        '  <d>text &e;</d>',
        '  <f></f>',
        '  <g><![CDATA[<x>]]></g>',
        '</a>',
      ].join('\n'),
    )
  })

  test('with text, and what is between text, as it was written', () => {
    const mixed = '<p>one <b>two</b>  <i> three </i></p>'
    expect(layOut(`<a>${mixed}</a>`)).toBe(`<a>\n  ${mixed}\n</a>`)
    const kept = '<pre xml:space="preserve"> <b/>  </pre>'
    expect(layOut(`<a>${kept}</a>`)).toBe(`<a>\n  ${kept}\n</a>`)
  })

  test('the same again when it was laid out before', () => {
    const once = layOut('<a><b><c>1</c></b><d/></a>')!
    expect(layOut(once)).toBe(once)
  })

  test.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/>text',
    '</a>',
    '<a><b></a></b>',
    '<>',
    '<!x>',
    '<!-- only -->',
  ])('%j is not XML', (text) => {
    expect(layOut(text)).toBeUndefined()
  })

  test('where it is cut, up to there', () => {
    const text = '<a><b c="d">e</b><!-- f --><g/><![CDATA[h]]></a>'
    for (let length = 3; length < text.length; length += 1) {
      const cut = text.slice(0, length)
      expect(layOutXml(cut, 1000, true)?.replace(/\n */g, ''), cut).toBe(cut)
    }
  })

  test('with nothing lost or added but blanks', () => {
    const name = fc.constantFrom('a', 'b', 'ns:c')
    const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
      content: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('text', '', ' ', '&lt;', '<!-- c -->', '<![CDATA[ ]] ]]>', '<e/>'),
        tie('element'),
      ),
      element: fc
        .tuple(name, fc.array(tie('content'), { maxLength: 4 }))
        .map(([tag, inside]) => `<${tag} x='1'>${inside.join('')}</${tag}>`),
    }))
    const bare = (text: string): string => text.replace(/\s+/g, '')
    fc.assert(
      fc.property(element, (text) => {
        const laidOut = layOut(text)
        expect(laidOut === undefined ? undefined : bare(laidOut)).toBe(bare(text))
      }),
    )
  })

  test('A58: nested too deep, or growing too much, it stays as it is', () => {
    expect(layOut('<a>'.repeat(100_000) + '</a>'.repeat(100_000))).toBeUndefined()
    const wide = '<a>'.repeat(200) + '<b/>'.repeat(1000) + '</a>'.repeat(200)
    expect(layOutXml(wide, wide.length)).toBeUndefined()
  })

  test('A58: entities are never expanded, and a megabyte of anything takes a moment', () => {
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;&b;</l>'
    expect(layOut(laughs)).toContain('<l>&b;&b;</l>')
    const start = performance.now()
    for (const part of ['<a ', '<!--', '<a x="', '<', '<a b=', "'", '<!DOCTYPE a [', '</', '<a/>'])
      layOutXml(part.repeat((1024 * 1024) / part.length), 4 * 1024 * 1024, true)
    expect(performance.now() - start).toBeLessThan(15_000)
  })
})
