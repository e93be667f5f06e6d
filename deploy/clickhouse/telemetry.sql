CREATE DATABASE IF NOT EXISTS telemetry;

CREATE TABLE IF NOT EXISTS telemetry.node
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    hostname LowCardinality(Nullable(String)),
    vendor LowCardinality(Nullable(String)),
    platform LowCardinality(Nullable(String)),
    operating_system LowCardinality(Nullable(String)),
    version LowCardinality(Nullable(String)),
    serial_number Nullable(String),
    management_address Nullable(String),
    location LowCardinality(Nullable(String)),
    contact LowCardinality(Nullable(String)),
    description Nullable(String),
    boot_time Nullable(DateTime64(6, 'UTC')) CODEC(Delta, ZSTD),
    uptime_seconds Nullable(UInt64) CODEC(Delta, ZSTD),
    cpu_percent Nullable(Float64),
    memory_used_bytes Nullable(UInt64) CODEC(Delta, ZSTD),
    memory_total_bytes Nullable(UInt64) CODEC(Delta, ZSTD)
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(if(timestamp BETWEEN received_at - INTERVAL 24 HOUR AND received_at + INTERVAL 1 HOUR, timestamp, received_at))
ORDER BY (node_name, timestamp, batch_id, record_index)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS telemetry.interface
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64) CODEC(Delta, ZSTD),
    admin_status LowCardinality(Nullable(String)),
    oper_status LowCardinality(Nullable(String)),
    oper_down_reason Nullable(String),
    description Nullable(String),
    type LowCardinality(Nullable(String)),
    mac_address Nullable(String),
    mtu Nullable(UInt64) CODEC(Delta, ZSTD),
    ifindex Nullable(UInt64) CODEC(Delta, ZSTD),
    speed_bps Nullable(UInt64) CODEC(Delta, ZSTD),
    last_change Nullable(DateTime64(6, 'UTC')) CODEC(Delta, ZSTD),
    last_clear Nullable(DateTime64(6, 'UTC')) CODEC(Delta, ZSTD),
    carrier_transitions Nullable(UInt64) CODEC(Delta, ZSTD),
    in_octets Nullable(UInt64) CODEC(Delta, ZSTD),
    out_octets Nullable(UInt64) CODEC(Delta, ZSTD),
    in_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    out_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    in_unicast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    out_unicast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    in_multicast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    out_multicast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    in_broadcast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    out_broadcast_packets Nullable(UInt64) CODEC(Delta, ZSTD),
    in_errors Nullable(UInt64) CODEC(Delta, ZSTD),
    out_errors Nullable(UInt64) CODEC(Delta, ZSTD),
    in_discards Nullable(UInt64) CODEC(Delta, ZSTD),
    out_discards Nullable(UInt64) CODEC(Delta, ZSTD),
    in_bps Nullable(UInt64) CODEC(Delta, ZSTD),
    out_bps Nullable(UInt64) CODEC(Delta, ZSTD),
    in_pps Nullable(UInt64) CODEC(Delta, ZSTD),
    out_pps Nullable(UInt64) CODEC(Delta, ZSTD),
    in_fcs_errors Nullable(UInt64) CODEC(Delta, ZSTD)
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(if(timestamp BETWEEN received_at - INTERVAL 24 HOUR AND received_at + INTERVAL 1 HOUR, timestamp, received_at))
ORDER BY (node_name, interface_name, timestamp, batch_id, record_index)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS telemetry.address
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64) CODEC(Delta, ZSTD),
    address_ip_prefix String,
    ip_address String,
    prefix_length Nullable(UInt8),
    family UInt8,
    network_instance LowCardinality(Nullable(String)),
    origin LowCardinality(Nullable(String)),
    status LowCardinality(Nullable(String)),
    type LowCardinality(Nullable(String))
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(if(timestamp BETWEEN received_at - INTERVAL 24 HOUR AND received_at + INTERVAL 1 HOUR, timestamp, received_at))
ORDER BY (node_name, interface_name, timestamp, batch_id, record_index)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS telemetry.node_latest
(
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    deleted AggregateFunction(argMax, Bool, Tuple(DateTime64(6, 'UTC'), UInt32)),
    hostname AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    vendor AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    platform AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    operating_system AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    version AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    serial_number AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    management_address AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    location AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    contact AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    description AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    boot_time AggregateFunction(argMax, Nullable(DateTime64(6, 'UTC')), Tuple(DateTime64(6, 'UTC'), UInt32)),
    uptime_seconds AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    cpu_percent AggregateFunction(argMax, Nullable(Float64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    memory_used_bytes AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    memory_total_bytes AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32))
)
ENGINE = AggregatingMergeTree
ORDER BY (node_name, namespace)
SETTINGS allow_nullable_key = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.node_latest_writer TO telemetry.node_latest AS
SELECT node_name, namespace,
    max(r.timestamp) AS last_seen,
    argMaxState(r.deleted, (r.timestamp, r.record_index)) AS deleted,
    argMaxState(r.hostname, (r.timestamp, r.record_index)) AS hostname,
    argMaxState(r.vendor, (r.timestamp, r.record_index)) AS vendor,
    argMaxState(r.platform, (r.timestamp, r.record_index)) AS platform,
    argMaxState(r.operating_system, (r.timestamp, r.record_index)) AS operating_system,
    argMaxState(r.version, (r.timestamp, r.record_index)) AS version,
    argMaxState(r.serial_number, (r.timestamp, r.record_index)) AS serial_number,
    argMaxState(r.management_address, (r.timestamp, r.record_index)) AS management_address,
    argMaxState(r.location, (r.timestamp, r.record_index)) AS location,
    argMaxState(r.contact, (r.timestamp, r.record_index)) AS contact,
    argMaxState(r.description, (r.timestamp, r.record_index)) AS description,
    argMaxState(r.boot_time, (r.timestamp, r.record_index)) AS boot_time,
    argMaxState(r.uptime_seconds, (r.timestamp, r.record_index)) AS uptime_seconds,
    argMaxState(r.cpu_percent, (r.timestamp, r.record_index)) AS cpu_percent,
    argMaxState(r.memory_used_bytes, (r.timestamp, r.record_index)) AS memory_used_bytes,
    argMaxState(r.memory_total_bytes, (r.timestamp, r.record_index)) AS memory_total_bytes
FROM telemetry.node AS r
GROUP BY node_name, namespace;

CREATE VIEW IF NOT EXISTS telemetry.node_now AS
SELECT node_name, namespace,
    max(l.last_seen) AS last_seen,
    argMaxMerge(l.hostname) AS hostname,
    argMaxMerge(l.vendor) AS vendor,
    argMaxMerge(l.platform) AS platform,
    argMaxMerge(l.operating_system) AS operating_system,
    argMaxMerge(l.version) AS version,
    argMaxMerge(l.serial_number) AS serial_number,
    argMaxMerge(l.management_address) AS management_address,
    argMaxMerge(l.location) AS location,
    argMaxMerge(l.contact) AS contact,
    argMaxMerge(l.description) AS description,
    argMaxMerge(l.boot_time) AS boot_time,
    argMaxMerge(l.uptime_seconds) AS uptime_seconds,
    argMaxMerge(l.cpu_percent) AS cpu_percent,
    argMaxMerge(l.memory_used_bytes) AS memory_used_bytes,
    argMaxMerge(l.memory_total_bytes) AS memory_total_bytes
FROM telemetry.node_latest AS l
GROUP BY node_name, namespace
HAVING NOT argMaxMerge(l.deleted);

CREATE TABLE IF NOT EXISTS telemetry.interface_latest
(
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64),
    last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    deleted AggregateFunction(argMax, Bool, Tuple(DateTime64(6, 'UTC'), UInt32)),
    admin_status AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    oper_status AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    oper_down_reason AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    description AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    type AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    mac_address AggregateFunction(argMax, Nullable(String), Tuple(DateTime64(6, 'UTC'), UInt32)),
    mtu AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    ifindex AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    speed_bps AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    last_change AggregateFunction(argMax, Nullable(DateTime64(6, 'UTC')), Tuple(DateTime64(6, 'UTC'), UInt32)),
    last_clear AggregateFunction(argMax, Nullable(DateTime64(6, 'UTC')), Tuple(DateTime64(6, 'UTC'), UInt32)),
    carrier_transitions AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_octets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_octets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_unicast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_unicast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_multicast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_multicast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_broadcast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_broadcast_packets AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_errors AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_errors AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_discards AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_discards AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_bps AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_bps AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_pps AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    out_pps AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32)),
    in_fcs_errors AggregateFunction(argMax, Nullable(UInt64), Tuple(DateTime64(6, 'UTC'), UInt32))
)
ENGINE = AggregatingMergeTree
ORDER BY (node_name, namespace, interface_name, subinterface_index)
SETTINGS allow_nullable_key = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.interface_latest_writer TO telemetry.interface_latest AS
SELECT node_name, namespace, interface_name, subinterface_index,
    max(r.timestamp) AS last_seen,
    argMaxState(r.deleted, (r.timestamp, r.record_index)) AS deleted,
    argMaxState(r.admin_status, (r.timestamp, r.record_index)) AS admin_status,
    argMaxState(r.oper_status, (r.timestamp, r.record_index)) AS oper_status,
    argMaxState(r.oper_down_reason, (r.timestamp, r.record_index)) AS oper_down_reason,
    argMaxState(r.description, (r.timestamp, r.record_index)) AS description,
    argMaxState(r.type, (r.timestamp, r.record_index)) AS type,
    argMaxState(r.mac_address, (r.timestamp, r.record_index)) AS mac_address,
    argMaxState(r.mtu, (r.timestamp, r.record_index)) AS mtu,
    argMaxState(r.ifindex, (r.timestamp, r.record_index)) AS ifindex,
    argMaxState(r.speed_bps, (r.timestamp, r.record_index)) AS speed_bps,
    argMaxState(r.last_change, (r.timestamp, r.record_index)) AS last_change,
    argMaxState(r.last_clear, (r.timestamp, r.record_index)) AS last_clear,
    argMaxState(r.carrier_transitions, (r.timestamp, r.record_index)) AS carrier_transitions,
    argMaxState(r.in_octets, (r.timestamp, r.record_index)) AS in_octets,
    argMaxState(r.out_octets, (r.timestamp, r.record_index)) AS out_octets,
    argMaxState(r.in_packets, (r.timestamp, r.record_index)) AS in_packets,
    argMaxState(r.out_packets, (r.timestamp, r.record_index)) AS out_packets,
    argMaxState(r.in_unicast_packets, (r.timestamp, r.record_index)) AS in_unicast_packets,
    argMaxState(r.out_unicast_packets, (r.timestamp, r.record_index)) AS out_unicast_packets,
    argMaxState(r.in_multicast_packets, (r.timestamp, r.record_index)) AS in_multicast_packets,
    argMaxState(r.out_multicast_packets, (r.timestamp, r.record_index)) AS out_multicast_packets,
    argMaxState(r.in_broadcast_packets, (r.timestamp, r.record_index)) AS in_broadcast_packets,
    argMaxState(r.out_broadcast_packets, (r.timestamp, r.record_index)) AS out_broadcast_packets,
    argMaxState(r.in_errors, (r.timestamp, r.record_index)) AS in_errors,
    argMaxState(r.out_errors, (r.timestamp, r.record_index)) AS out_errors,
    argMaxState(r.in_discards, (r.timestamp, r.record_index)) AS in_discards,
    argMaxState(r.out_discards, (r.timestamp, r.record_index)) AS out_discards,
    argMaxState(r.in_bps, (r.timestamp, r.record_index)) AS in_bps,
    argMaxState(r.out_bps, (r.timestamp, r.record_index)) AS out_bps,
    argMaxState(r.in_pps, (r.timestamp, r.record_index)) AS in_pps,
    argMaxState(r.out_pps, (r.timestamp, r.record_index)) AS out_pps,
    argMaxState(r.in_fcs_errors, (r.timestamp, r.record_index)) AS in_fcs_errors
FROM telemetry.interface AS r
GROUP BY node_name, namespace, interface_name, subinterface_index;

CREATE VIEW IF NOT EXISTS telemetry.interface_now AS
SELECT node_name, namespace, interface_name, subinterface_index,
    max(l.last_seen) AS last_seen,
    argMaxMerge(l.admin_status) AS admin_status,
    argMaxMerge(l.oper_status) AS oper_status,
    argMaxMerge(l.oper_down_reason) AS oper_down_reason,
    argMaxMerge(l.description) AS description,
    argMaxMerge(l.type) AS type,
    argMaxMerge(l.mac_address) AS mac_address,
    argMaxMerge(l.mtu) AS mtu,
    argMaxMerge(l.ifindex) AS ifindex,
    argMaxMerge(l.speed_bps) AS speed_bps,
    argMaxMerge(l.last_change) AS last_change,
    argMaxMerge(l.last_clear) AS last_clear,
    argMaxMerge(l.carrier_transitions) AS carrier_transitions,
    argMaxMerge(l.in_octets) AS in_octets,
    argMaxMerge(l.out_octets) AS out_octets,
    argMaxMerge(l.in_packets) AS in_packets,
    argMaxMerge(l.out_packets) AS out_packets,
    argMaxMerge(l.in_unicast_packets) AS in_unicast_packets,
    argMaxMerge(l.out_unicast_packets) AS out_unicast_packets,
    argMaxMerge(l.in_multicast_packets) AS in_multicast_packets,
    argMaxMerge(l.out_multicast_packets) AS out_multicast_packets,
    argMaxMerge(l.in_broadcast_packets) AS in_broadcast_packets,
    argMaxMerge(l.out_broadcast_packets) AS out_broadcast_packets,
    argMaxMerge(l.in_errors) AS in_errors,
    argMaxMerge(l.out_errors) AS out_errors,
    argMaxMerge(l.in_discards) AS in_discards,
    argMaxMerge(l.out_discards) AS out_discards,
    argMaxMerge(l.in_bps) AS in_bps,
    argMaxMerge(l.out_bps) AS out_bps,
    argMaxMerge(l.in_pps) AS in_pps,
    argMaxMerge(l.out_pps) AS out_pps,
    argMaxMerge(l.in_fcs_errors) AS in_fcs_errors
FROM telemetry.interface_latest AS l
GROUP BY node_name, namespace, interface_name, subinterface_index
HAVING NOT argMaxMerge(l.deleted);

CREATE TABLE IF NOT EXISTS telemetry.address_latest
(
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64),
    ip_address String,
    last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    deleted AggregateFunction(argMax, Bool, Tuple(DateTime64(6, 'UTC'), UInt32)),
    address_ip_prefix AggregateFunction(argMax, String, Tuple(DateTime64(6, 'UTC'), UInt32)),
    prefix_length AggregateFunction(argMax, Nullable(UInt8), Tuple(DateTime64(6, 'UTC'), UInt32)),
    family AggregateFunction(argMax, UInt8, Tuple(DateTime64(6, 'UTC'), UInt32)),
    network_instance AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    origin AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    status AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32)),
    type AggregateFunction(argMax, LowCardinality(Nullable(String)), Tuple(DateTime64(6, 'UTC'), UInt32))
)
ENGINE = AggregatingMergeTree
ORDER BY (node_name, namespace, interface_name, subinterface_index, ip_address)
SETTINGS allow_nullable_key = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.address_latest_writer TO telemetry.address_latest AS
SELECT node_name, namespace, interface_name, subinterface_index, ip_address,
    max(r.timestamp) AS last_seen,
    argMaxState(r.deleted, (r.timestamp, r.record_index)) AS deleted,
    argMaxState(r.address_ip_prefix, (r.timestamp, r.record_index)) AS address_ip_prefix,
    argMaxState(r.prefix_length, (r.timestamp, r.record_index)) AS prefix_length,
    argMaxState(r.family, (r.timestamp, r.record_index)) AS family,
    argMaxState(r.network_instance, (r.timestamp, r.record_index)) AS network_instance,
    argMaxState(r.origin, (r.timestamp, r.record_index)) AS origin,
    argMaxState(r.status, (r.timestamp, r.record_index)) AS status,
    argMaxState(r.type, (r.timestamp, r.record_index)) AS type
FROM telemetry.address AS r
GROUP BY node_name, namespace, interface_name, subinterface_index, ip_address;

CREATE VIEW IF NOT EXISTS telemetry.address_now AS
SELECT node_name, namespace, interface_name, subinterface_index, ip_address,
    max(l.last_seen) AS last_seen,
    argMaxMerge(l.address_ip_prefix) AS address_ip_prefix,
    argMaxMerge(l.prefix_length) AS prefix_length,
    argMaxMerge(l.family) AS family,
    argMaxMerge(l.network_instance) AS network_instance,
    argMaxMerge(l.origin) AS origin,
    argMaxMerge(l.status) AS status,
    argMaxMerge(l.type) AS type
FROM telemetry.address_latest AS l
GROUP BY node_name, namespace, interface_name, subinterface_index, ip_address
HAVING NOT argMaxMerge(l.deleted);

CREATE VIEW IF NOT EXISTS telemetry.interface_rate AS
SELECT node_name, namespace, interface_name, subinterface_index, minute,
    countIf(reset) AS resets,
    8 * sumIf(increase, counter = 'in_octets') / nullIf(sumIf(seconds, counter = 'in_octets'), 0) AS in_bps,
    8 * sumIf(increase, counter = 'out_octets') / nullIf(sumIf(seconds, counter = 'out_octets'), 0) AS out_bps,
    1 * sumIf(increase, counter = 'in_packets') / nullIf(sumIf(seconds, counter = 'in_packets'), 0) AS in_pps,
    1 * sumIf(increase, counter = 'out_packets') / nullIf(sumIf(seconds, counter = 'out_packets'), 0) AS out_pps,
    1 * sumIf(increase, counter = 'in_unicast_packets') / nullIf(sumIf(seconds, counter = 'in_unicast_packets'), 0) AS in_unicast_pps,
    1 * sumIf(increase, counter = 'out_unicast_packets') / nullIf(sumIf(seconds, counter = 'out_unicast_packets'), 0) AS out_unicast_pps,
    1 * sumIf(increase, counter = 'in_errors') / nullIf(sumIf(seconds, counter = 'in_errors'), 0) AS in_errors_per_second,
    1 * sumIf(increase, counter = 'out_errors') / nullIf(sumIf(seconds, counter = 'out_errors'), 0) AS out_errors_per_second,
    1 * sumIf(increase, counter = 'in_discards') / nullIf(sumIf(seconds, counter = 'in_discards'), 0) AS in_discards_per_second,
    1 * sumIf(increase, counter = 'out_discards') / nullIf(sumIf(seconds, counter = 'out_discards'), 0) AS out_discards_per_second
FROM
(
    SELECT node_name, namespace, interface_name, subinterface_index, counter,
        toStartOfMinute(timestamp) AS minute,
        value < previous_value AS reset,
        toUInt64(value - if(reset, 0, previous_value)) AS increase,
        dateDiff('microsecond', previous_time, timestamp) / 1e6 AS seconds
    FROM
    (
        SELECT node_name, namespace, interface_name, subinterface_index, timestamp,
            sample.1 AS counter,
            assumeNotNull(sample.2) AS value,
            lagInFrame(value) OVER series AS previous_value,
            lagInFrame(timestamp, 1, timestamp) OVER series AS previous_time
        FROM telemetry.interface
        ARRAY JOIN [('in_octets', in_octets), ('out_octets', out_octets), ('in_packets', in_packets), ('out_packets', out_packets), ('in_unicast_packets', in_unicast_packets), ('out_unicast_packets', out_unicast_packets), ('in_errors', in_errors), ('out_errors', out_errors), ('in_discards', in_discards), ('out_discards', out_discards)] AS sample
        WHERE timestamp >= {since:DateTime64(6, 'UTC')} - INTERVAL 10 MINUTE
            AND timestamp < {until:DateTime64(6, 'UTC')}
            AND sample.2 IS NOT NULL
        WINDOW series AS (
            PARTITION BY node_name, namespace, interface_name, subinterface_index, counter
            ORDER BY timestamp, value ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    WHERE previous_time < timestamp
)
WHERE minute >= toStartOfMinute({since:DateTime64(6, 'UTC')})
GROUP BY node_name, namespace, interface_name, subinterface_index, minute;

CREATE TABLE IF NOT EXISTS telemetry.unreadable
(
    topic LowCardinality(String),
    partition UInt64,
    offset UInt64,
    received_at DateTime64(3, 'UTC'),
    error String,
    message String
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset)
TTL toDateTime(received_at) + INTERVAL 30 DAY;

CREATE TABLE IF NOT EXISTS telemetry.node_kafka
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC'),
    received_at DateTime64(6, 'UTC'),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    hostname LowCardinality(Nullable(String)),
    vendor LowCardinality(Nullable(String)),
    platform LowCardinality(Nullable(String)),
    operating_system LowCardinality(Nullable(String)),
    version LowCardinality(Nullable(String)),
    serial_number Nullable(String),
    management_address Nullable(String),
    location LowCardinality(Nullable(String)),
    contact LowCardinality(Nullable(String)),
    description Nullable(String),
    boot_time Nullable(DateTime64(6, 'UTC')),
    uptime_seconds Nullable(UInt64),
    cpu_percent Nullable(Float64),
    memory_used_bytes Nullable(UInt64),
    memory_total_bytes Nullable(UInt64)
)
ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092',
    kafka_topic_list = 'node-data',
    kafka_group_name = 'clickhouse-node',
    kafka_format = 'JSONEachRow',
    kafka_num_consumers = 1,
    kafka_handle_error_mode = 'stream',
    date_time_input_format = 'best_effort',
    input_format_skip_unknown_fields = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.node_unreadable_reader TO telemetry.unreadable AS
SELECT _topic AS topic, _partition AS partition, _offset AS offset,
    ifNull(_timestamp_ms, now64(3)) AS received_at, _error AS error, _raw_message AS message
FROM telemetry.node_kafka
WHERE _error != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.node_reader TO telemetry.node AS
SELECT batch_id, record_index, timestamp, received_at, node_name, namespace, source_format, deleted, extra, hostname, vendor, platform, operating_system, version, serial_number, management_address, location, contact, description, boot_time, uptime_seconds, cpu_percent, memory_used_bytes, memory_total_bytes
FROM telemetry.node_kafka
WHERE _error = '';

CREATE TABLE IF NOT EXISTS telemetry.interface_kafka
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC'),
    received_at DateTime64(6, 'UTC'),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64),
    admin_status LowCardinality(Nullable(String)),
    oper_status LowCardinality(Nullable(String)),
    oper_down_reason Nullable(String),
    description Nullable(String),
    type LowCardinality(Nullable(String)),
    mac_address Nullable(String),
    mtu Nullable(UInt64),
    ifindex Nullable(UInt64),
    speed_bps Nullable(UInt64),
    last_change Nullable(DateTime64(6, 'UTC')),
    last_clear Nullable(DateTime64(6, 'UTC')),
    carrier_transitions Nullable(UInt64),
    in_octets Nullable(UInt64),
    out_octets Nullable(UInt64),
    in_packets Nullable(UInt64),
    out_packets Nullable(UInt64),
    in_unicast_packets Nullable(UInt64),
    out_unicast_packets Nullable(UInt64),
    in_multicast_packets Nullable(UInt64),
    out_multicast_packets Nullable(UInt64),
    in_broadcast_packets Nullable(UInt64),
    out_broadcast_packets Nullable(UInt64),
    in_errors Nullable(UInt64),
    out_errors Nullable(UInt64),
    in_discards Nullable(UInt64),
    out_discards Nullable(UInt64),
    in_bps Nullable(UInt64),
    out_bps Nullable(UInt64),
    in_pps Nullable(UInt64),
    out_pps Nullable(UInt64),
    in_fcs_errors Nullable(UInt64)
)
ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092',
    kafka_topic_list = 'interface-data',
    kafka_group_name = 'clickhouse-interface',
    kafka_format = 'JSONEachRow',
    kafka_num_consumers = 1,
    kafka_handle_error_mode = 'stream',
    date_time_input_format = 'best_effort',
    input_format_skip_unknown_fields = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.interface_unreadable_reader TO telemetry.unreadable AS
SELECT _topic AS topic, _partition AS partition, _offset AS offset,
    ifNull(_timestamp_ms, now64(3)) AS received_at, _error AS error, _raw_message AS message
FROM telemetry.interface_kafka
WHERE _error != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.interface_reader TO telemetry.interface AS
SELECT batch_id, record_index, timestamp, received_at, node_name, namespace, source_format, deleted, extra, interface_name, subinterface_index, admin_status, oper_status, oper_down_reason, description, type, mac_address, mtu, ifindex, speed_bps, last_change, last_clear, carrier_transitions, in_octets, out_octets, in_packets, out_packets, in_unicast_packets, out_unicast_packets, in_multicast_packets, out_multicast_packets, in_broadcast_packets, out_broadcast_packets, in_errors, out_errors, in_discards, out_discards, in_bps, out_bps, in_pps, out_pps, in_fcs_errors
FROM telemetry.interface_kafka
WHERE _error = '';

CREATE TABLE IF NOT EXISTS telemetry.address_kafka
(
    batch_id UUID,
    record_index UInt32,
    timestamp DateTime64(6, 'UTC'),
    received_at DateTime64(6, 'UTC'),
    node_name LowCardinality(String),
    namespace LowCardinality(String),
    source_format LowCardinality(String),
    deleted Bool,
    extra Map(LowCardinality(String), String),
    interface_name LowCardinality(String),
    subinterface_index Nullable(UInt64),
    address_ip_prefix String,
    ip_address String,
    prefix_length Nullable(UInt8),
    family UInt8,
    network_instance LowCardinality(Nullable(String)),
    origin LowCardinality(Nullable(String)),
    status LowCardinality(Nullable(String)),
    type LowCardinality(Nullable(String))
)
ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092',
    kafka_topic_list = 'address-data',
    kafka_group_name = 'clickhouse-address',
    kafka_format = 'JSONEachRow',
    kafka_num_consumers = 1,
    kafka_handle_error_mode = 'stream',
    date_time_input_format = 'best_effort',
    input_format_skip_unknown_fields = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.address_unreadable_reader TO telemetry.unreadable AS
SELECT _topic AS topic, _partition AS partition, _offset AS offset,
    ifNull(_timestamp_ms, now64(3)) AS received_at, _error AS error, _raw_message AS message
FROM telemetry.address_kafka
WHERE _error != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.address_reader TO telemetry.address AS
SELECT batch_id, record_index, timestamp, received_at, node_name, namespace, source_format, deleted, extra, interface_name, subinterface_index, address_ip_prefix, ip_address, prefix_length, family, network_instance, origin, status, type
FROM telemetry.address_kafka
WHERE _error = '';

