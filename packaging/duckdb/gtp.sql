-- SPDX-License-Identifier: GPL-2.0-or-later
-- Two tables of what `gtpdump --json` writes (docs/formats/gtp-json-1.md): a row for each GTP or PFCP message, and a row
-- for each of its information elements, groups not opened.
create table message as
select frame,
       to_timestamp(time::double) as time,
       layer->>'src' as src,
       layer->>'dst' as dst,
       layer->>'protocol' as protocol,
       layer->>'message' as message,
       layer->>'$.session.imsi' as imsi,
       layer->>'$.session.apn' as apn,
       coalesce(layer->>'$.session.ue_ipv4', layer->>'$.session.ue_ipv6') as ue,
       (layer->>'$.inner.length')::bigint as inner_length,
       (layer->>'$.transaction.response_time_ns')::bigint as response_time_ns,
       layer->'ies' as ies
from (select frame, time, unnest(layers) as layer
      from read_json('packets.ndjson', format = 'newline_delimited',
                     columns = {frame: 'bigint', time: 'varchar', layers: 'json[]'}));

create table element as
select frame, protocol, message, imsi, apn, ie->>'name' as name, ie->'value' as value
from (select *, unnest(ies::json[]) as ie from message);
