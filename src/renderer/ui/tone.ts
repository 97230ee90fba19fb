/** What a colour means. Every use of a tone stands beside a word and a symbol. */
export const tones = ['neutral', 'accent', 'good', 'caution', 'bad', 'unknown'] as const
export type Tone = (typeof tones)[number]
