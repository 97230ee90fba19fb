/**
 * The look of a printed page: black on white, rows that are not torn apart at the end of a page, and a code that can
 * be read from paper and typed.
 */
export const cssOfPage = [
  '@page{size:A4;margin:18mm}',
  'body{font:10.5pt/1.45 sans-serif;color:#000;background:#fff;margin:0}',
  'header{border-bottom:1pt solid #000;margin-bottom:12pt}',
  'h1{font-size:17pt;margin:0 0 4pt}',
  'h2{font-size:12pt;margin:14pt 0 4pt;break-after:avoid}',
  'p{margin:0 0 4pt}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:2pt 12pt;margin:0 0 6pt}',
  'dt{font-weight:bold}',
  'dd{margin:0;overflow-wrap:anywhere}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{border:.5pt solid #000;padding:2pt 4pt;text-align:left;vertical-align:top;overflow-wrap:anywhere}',
  'thead{display:table-header-group}',
  'tr,li,dt,dd,pre{break-inside:avoid}',
  'pre{font:16pt/1.7 monospace;border:1pt solid #000;padding:8pt;margin:0 1pt 8pt;white-space:pre-wrap;overflow-wrap:anywhere}',
  'li{margin-bottom:4pt}',
].join('')
