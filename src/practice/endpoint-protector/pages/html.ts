/** Markup that is safe to send: every value in it was escaped. */
export interface Html {
  readonly html: string
}

type Value = string | number | Html | readonly Html[]

/** Markup with values in it. Text is escaped, markup is taken as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const written = parts.map((part, index) => part + (index < values.length ? write(values[index] ?? '') : ''))
  return { html: written.join('') }
}

function write(value: Value): string {
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map((each) => each.html).join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
