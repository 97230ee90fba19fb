import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cover, coverSecrets } from '../../../src/main/archives/masking.ts'
import { isSecretKey } from '../../../src/main/archives/secret-keys.ts'
import type { TextLanguage } from '../../../src/shared/model/entry.ts'

const covered = (text: string, language: TextLanguage, path = 'file'): string =>
  coverSecrets(text, { path, language }).text

describe('keys', () => {
  test.each([
    ...[
      'password',
      '$passwordHash',
      'initialPassword',
      'passwordHash',
      'DB_PASSWORD',
      'root_password2',
      'dbpass',
    ],
    ...[
      'wpa-psk',
      'psk',
      'wep_key0',
      'sae_password',
      'private_key_passwd',
      'PrivateKey',
      'PresharedKey',
      'rootpw',
    ],
    ...[
      'token',
      'accessToken',
      'authtoken',
      'api_key',
      'apiKey',
      'clientSecret',
      'credentialSecret',
      'credentials',
    ],
    ...['client-key-data', 'secretAccessKey', 'Authorization', 'rocommunity', 'spring.datasource.password'],
  ])('%s is the name of a secret', (key) => {
    expect(isSecretKey(key)).toBe(true)
  })

  test.each([
    ...[
      'passwordPolicies',
      'forcePasswordChange',
      'minPasswordLength',
      'tokenValidity',
      'token_type',
      'publicKey',
    ],
    ...[
      'PasswordAuthentication',
      'key',
      'bypass',
      'compass',
      'pin',
      'secretName',
      'user',
      'x'.repeat(300),
      '',
    ],
  ])('%s is not', (key) => {
    expect(isSecretKey(key)).toBe(false)
  })
})

describe('JSON', () => {
  test('keeps everything but the values of secrets', () => {
    const text =
      '{"$passwordHash":"abc","users":{"a":{"enabled":true,"initialPassword":"x\\"y","password":null}},"pin":4}'
    expect(coverSecrets(text, { path: 'ctrlx-setup.json', language: 'json' })).toEqual({
      text: `{"$passwordHash":"${cover}","users":{"a":{"enabled":true,"initialPassword":"${cover}","password":null}},"pin":4}`,
      masked: 2,
    })
  })

  test('covers everything inside of a secret, numbers too', () => {
    expect(covered('{"credentials":{"user":"a","n":[12,{"b":"c"}]},"d":"e"}', 'json')).toBe(
      `{"credentials":{"user":"${cover}","n":[${cover},{"b":"${cover}"}]},"d":"e"}`,
    )
  })

  test('covers the value of a pair whose name says so, in either order', () => {
    const pair =
      '[{"name":"DB_PASSWORD","value":"a1","type":"str"},{"value":"b2","key":"token"},{"name":"x","value":"c3"}]'
    expect(covered(pair, 'json')).toBe(
      `[{"name":"DB_PASSWORD","value":"${cover}","type":"str"},{"value":"${cover}","key":"token"},{"name":"x","value":"c3"}]`,
    )
  })

  test('covers all of the credentials that Node-RED keeps, and documents inside of texts', () => {
    expect(covered('{"$":"0a1b2c"}', 'json', 'data/flows_cred.json')).toBe(`{"$":"${cover}"}`)
    expect(covered(String.raw`{"body":"{\"password\":\"hunter2\"}"}`, 'json')).toBe(
      String.raw`{"body":"{\"password\":\"${cover}\"}"}`,
    )
    expect(covered(String.raw`{"pass\u0077ord":"hunter2"}`, 'json')).not.toContain('hunter2')
  })

  test.each([
    '{"password":"hunter2',
    '{"password":"hunter2\\',
    '{"password" : hunter2',
    '"password":"hunter2"}]}',
  ])('that is cut or damaged is covered all the same: %s', (text) => {
    expect(covered(text, 'json')).not.toContain('hunter2')
  })
})

describe('XML', () => {
  test('keeps everything but the secrets in elements and attributes', () => {
    const text = [
      '<c user="a" password="s1"><x:Password>s2</x:Password><token><![CDATA[s3]]></token>',
      '<property name="db.password" value="s4"/><entry key="secret">s5</entry>',
      '<dict><key>apiKey</key><string>s6</string><key>port</key><string>80</string></dict>',
      '<!-- password: s7 --><publicKey>p</publicKey></c>',
    ].join('')
    const shown = coverSecrets(text, { path: 'a.xml', language: 'xml' })
    expect(shown.masked).toBe(7)
    expect(shown.text).not.toMatch(/s[1-7]/)
    expect(shown.text).toContain('<string>80</string>')
    expect(shown.text).toContain('<publicKey>p</publicKey>')
  })

  test.each([
    '<password>hunter2',
    '<a password="hunter2',
    '<a><b></a></b><password>hunter2</password>',
    '<!q password=hunter2',
  ])('that is cut or damaged is covered all the same: %s', (text) => {
    expect(covered(text, 'xml')).not.toContain('hunter2')
  })
})

describe('settings and scripts', () => {
  test.each([
    ['password = hunter2', `password = ${cover}`],
    ['  psk="hunter2"', `  psk="${cover}"`],
    ['# old_password: hunter2 hunter2', `# old_password: ${cover}`],
    ['export DB_PASSWORD=hunter2', `export DB_PASSWORD=${cover}`],
    ["const token = 'hunter2';", `const token = '${cover}';`],
    ['    credentialSecret: "hunter2",', `    credentialSecret: "${cover}",`],
    ['level=info user=a password=hunter2 ok', `level=info user=a password=${cover} ok`],
    ['https://host/?token=hunter2&x=1', `https://host/?token=${cover}&x=1`],
    ['postgres://u:hunter2@db/x', `postgres://u:${cover}@db/x`],
    ['WiFi password: hunter2', `WiFi password: ${cover}`],
    ['password=first\\\n  hunter2\nnext=1', `password=${cover}\n  ${cover}\nnext=1`],
    ['PasswordAuthentication yes', 'PasswordAuthentication yes'],
    ['Failed password for root', 'Failed password for root'],
    ['password=', 'password='],
  ])('%j', (text, shown) => {
    expect(covered(text, 'plain')).toBe(shown)
  })

  test('words with nothing but blanks between are read so in files of settings only', () => {
    expect(covered('rocommunity hunter2', 'plain', 'etc/snmp/snmpd.conf')).toBe(`rocommunity ${cover}`)
    expect(covered('username a password 7 hunter2', 'plain', 'switch.cfg')).not.toContain('hunter2')
    expect(covered('the password is wrong', 'plain', 'notes.txt')).toBe('the password is wrong')
  })

  test.each([
    [
      'etc/shadow',
      'root:$6$salt$hunter2hunter2:19000:0:99999:7:::\ndaemon:*:1::\nold:hunter2hunt:1::',
      /hunter2/,
    ],
    ['./etc/gshadow-', 'adm:hunter2::', /hunter2/],
    ['home/a/.pgpass', 'db:5432:*:me:hunter2', /hunter2/],
    ['root/.netrc', 'machine h\n  login l\n  password hunter2', /hunter2/],
    ['etc/ppp/chap-secrets', 'client * "hunter2" *', /hunter2/],
    ['etc/nginx/.htpasswd', 'me:{SHA}hunter2hunter2hunter2=', /hunter2/],
  ])('%s', (path, text, secret) => {
    expect(covered(text, 'plain', path)).not.toMatch(secret)
  })

  test('users without a password are not said to have one', () => {
    const shadow = 'daemon:*:19000:0:99999:7:::\nsync:!:1::'
    expect(coverSecrets(shadow, { path: 'etc/shadow', language: 'plain' })).toEqual({
      text: shadow,
      masked: 0,
    })
    expect(
      coverSecrets('root:x:0:0:root:/root:/bin/sh', { path: 'etc/passwd', language: 'plain' }).masked,
    ).toBe(0)
  })
})

describe('YAML', () => {
  test('covers what is indented below a secret, and nothing behind it', () => {
    const text = [
      'network:',
      '  wifis:',
      '    wlan0:',
      '      - password: s1',
      '        ssid: plant',
      '      - {token: s2, mode: ap}',
      'secrets:',
      '  user: s3',
      '  - s4',
      'private_key: |',
      '  s5',
      '',
      '  s6',
      'passwords:',
      '- s7',
      'port: 80',
    ].join('\n')
    const shown = covered(text, 'yaml', 'a.yaml')
    expect(shown).not.toMatch(/s[1-7]/)
    expect(shown).toContain('        ssid: plant')
    expect(shown).toContain(', mode: ap}')
    expect(shown).toContain('port: 80')
  })
})

describe('in a text of any kind', () => {
  const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`
  test.each([
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----',
      `-----BEGIN RSA PRIVATE KEY-----\n${cover}\n-----END RSA PRIVATE KEY-----`,
    ],
    ['x -----BEGIN PRIVATE KEY-----\nMIIE', `x -----BEGIN PRIVATE KEY-----\n${cover}`],
    [
      '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----',
      '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----',
    ],
    ['Private-Lines: 2\nAAAA\nBBBB\nPrivate-MAC: 1', `Private-Lines: 2\n${cover}\nPrivate-MAC: 1`],
    ['hash $2b$08$abcdefghijklmnopqrstuv here', `hash ${cover} here`],
    [`got ${jwt} now`, `got ${cover} now`],
    ["CREATE USER a IDENTIFIED BY 'hunter2';", `CREATE USER a IDENTIFIED BY '${cover}';`],
    ["ALTER ROLE a WITH LOGIN PASSWORD 'hunter2';", `ALTER ROLE a WITH LOGIN PASSWORD '${cover}';`],
    [
      "INSERT INTO user VALUES ('a','*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29');",
      `INSERT INTO user VALUES ('a','${cover}');`,
    ],
  ])('%j', (text, shown) => {
    expect(covered(text, 'sql')).toBe(shown)
  })

  test('a cover says nothing of the length, and what is covered already stays so', () => {
    expect(covered('password=a', 'plain')).toBe(covered('password=aaaaaaaaaaaaaaaaaaaa', 'plain'))
    const once = covered('{"password":"x","a":"b"}', 'json')
    expect(covered(once, 'json')).toBe(once)
  })
})

describe('no secret remains', () => {
  const secret = fc.stringMatching(/^[a-zA-Z0-9+/=_.-]{6,30}$/).map((text) => `S3CR${text}`)
  const key = fc.constantFrom('password', 'privateKey', 'token', 'psk', 'clientSecret', 'passwordHash')
  const other = fc.constantFrom('name', 'port', 'passwordPolicies', 'x')

  test('in JSON of any shape', () => {
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('1', '"a"', 'null', '"\\\\"', '[]'),
        fc.tuple(other, tie('value')).map(([name, inner]) => `{"${name}": ${inner}}`),
        fc.tuple(tie('value'), tie('value')).map(([a, b]) => `[${a},${b}]`),
        fc
          .tuple(key, secret, tie('value'))
          .map(([name, hidden, inner]) => `{"${name}":"${hidden}","x":${inner}}`),
        fc.tuple(key, secret).map(([name, hidden]) => `{"${name}" :\n["${hidden}", {"a": "${hidden}"}]}`),
      ),
    }))
    fc.assert(
      fc.property(value, (text) => {
        expect(covered(text, 'json')).not.toContain('S3CR')
        expect(() => JSON.parse(covered(text, 'json')) as unknown).not.toThrow()
      }),
    )
  })

  test('in XML, YAML and settings', () => {
    const line = fc.tuple(key, secret, other, fc.constantFrom(0, 2, 4))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom('=', ': ', ' = ', ' : '),
        (lines, sign) => {
          const xml = lines.map(
            ([name, hidden, plain]) => `<${plain}><${name} b="c">${hidden}</${name}></${plain}>`,
          )
          expect(covered(`<a>${xml.join('')}</a>`, 'xml')).not.toContain('S3CR')
          const yaml = lines.map(
            ([name, hidden, plain, indent]) =>
              `${' '.repeat(indent)}${plain}: 1\n${' '.repeat(indent)}${name}: ${hidden}`,
          )
          expect(covered(yaml.join('\n'), 'yaml')).not.toContain('S3CR')
          const settings = lines.map(([name, hidden, plain]) => `${plain}=1\n${name}${sign}${hidden}`)
          expect(covered(settings.join('\r\n'), 'plain')).not.toContain('S3CR')
        },
      ),
    )
  })

  test('A58: in a megabyte of anything, in a moment', () => {
    const start = performance.now()
    for (const part of [
      'password',
      'a-',
      '"',
      '{"a":',
      '\\',
      '$1$',
      "'",
      '-----BEGIN PRIVATE KEY-----',
      'a:',
      '://',
      'a=',
      ' ',
      '<a ',
      '\n',
      '{',
    ]) {
      const text = part.repeat((1024 * 1024) / part.length)
      for (const language of ['json', 'xml', 'yaml', 'plain', 'sql'] as const)
        covered(text, language, 'etc/shadow')
    }
    expect(performance.now() - start).toBeLessThan(60_000)
  }, 120_000)
})
