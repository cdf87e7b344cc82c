// SPDX-License-Identifier: GPL-2.0-or-later
//
// Asks DuckDB about packets that `gtpdump --json` has written: node query.mjs PACKETS.ndjson < QUERY.sql
//
// gtp.sql beside this file makes tables of the packets first. The result goes to stdout as a table with a line of
// names. Wants the package @duckdb/node-api, found from the current directory or through NODE_PATH.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(process.cwd() + '/')('@duckdb/node-api');

const packets = process.argv[2];
if (packets === undefined) {
  console.error('usage: node query.mjs PACKETS.ndjson < QUERY.sql');
  process.exit(2);
}
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const tables = readFileSync(new URL('gtp.sql', import.meta.url), 'utf8');
await connection.run(tables.replaceAll('packets.ndjson', packets.replaceAll("'", "''")));
const result = await connection.runAndReadAll(readFileSync(0, 'utf8'));
const rows = [result.columnNames(), ...result.getRowsJson()].map((row) => row.map((value) => `${value ?? '-'}`));
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows) {
  console.log(row.map((value, column) => value.padEnd(widths[column])).join('  ').trimEnd());
}
