import { expect, test } from 'vitest'
import { parserEnvironment } from '../../../src/main/parser-host/parser-port.ts'

test('H30: a parser process gets nothing of the environment but what Windows cannot start without', () => {
  const environment = { PATH: '/bin', FERRITE_PASSWORD: 'secret', SystemRoot: 'C:\\Windows' }
  expect(parserEnvironment(environment, 'linux')).toEqual({})
  expect(parserEnvironment(environment, 'darwin')).toEqual({})
  expect(parserEnvironment(environment, 'win32')).toEqual({ SystemRoot: 'C:\\Windows' })
  expect(parserEnvironment({}, 'win32')).toEqual({})
})
