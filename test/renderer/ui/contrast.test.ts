import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8')

type Theme = 'light' | 'dark'
/** Linear sRGB. */
type Colour = readonly [red: number, green: number, blue: number]

/** OKLCH to linear sRGB, after Ottosson, "A perceptual color space for image processing" (2020). */
function linearRgb(lightness: number, chroma: number, hue: number): Colour {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function token(name: string, theme: Theme): Colour {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? ''
  const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)]
  const colour = colours[theme === 'light' ? 0 : colours.length - 1]
  if (colour === undefined) throw new Error(`no colour --${name}`)
  return linearRgb(Number(colour[1]), Number(colour[2]), Number(colour[3]))
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: Colour, other: Colour): number {
  const [high, low] = [one, other]
    .map((colour) => colour.map((channel) => Math.min(1, Math.max(0, channel))))
    .map(([red = 0, green = 0, blue = 0]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const surfaces = ['ground', 'surface', 'surface-sunken', 'surface-raised']
const meanings = ['accent', 'good', 'caution', 'bad', 'unknown']

/** Words on what lies under them: 4.5 : 1. */
const words: readonly (readonly [text: string, under: string])[] = [
  ...['text', 'text-muted', 'text-faint'].flatMap((text) => surfaces.map((under) => [text, under] as const)),
  ...meanings.flatMap((meaning) =>
    [...surfaces, `${meaning}-quiet`].map((under) => [`${meaning}-text`, under] as const),
  ),
  ...meanings.map((meaning) => ['text', `${meaning}-quiet`] as const),
  ['text', 'accent-quiet-hover'],
  ['text-muted', 'accent-quiet'],
  ...['accent-fill', 'accent-fill-hover', 'accent-fill-pressed', 'bad-fill', 'bad-fill-hover'].map(
    (under) => ['text-on-fill', under] as const,
  ),
  ...['code-string', 'code-number', 'code-name', 'code-keyword'].map((text) => [text, 'surface'] as const),
  ...meanings
    .filter((meaning) => meaning !== 'accent')
    .map((meaning) => [`${meaning}-text`, 'accent-quiet'] as const),
]

/** Edges, focus rings and fills that mean something: 3 : 1. */
const shapes: readonly (readonly [shape: string, under: string])[] = [
  ...surfaces.flatMap((under) => [['line-control', under] as const, ['focus', under] as const]),
  ['focus', 'accent-quiet'],
  ...['progress', 'good-fill', 'bad-fill', 'unknown-fill'].map((fill) => [fill, 'surface'] as const),
]

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  test.each(words)('%s can be read on %s', (text, under) => {
    expect(contrast(token(text, theme), token(under, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(shapes)('%s can be told from %s', (shape, under) => {
    expect(contrast(token(shape, theme), token(under, theme))).toBeGreaterThanOrEqual(3)
  })
})

test('black and white have the contrast that WCAG names', () => {
  expect(contrast(linearRgb(1, 0, 0), linearRgb(0, 0, 0))).toBeCloseTo(21, 1)
})
