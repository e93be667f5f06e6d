// The ClickHouse side of the three tables: what reads them from Kafka, what keeps them, and views over them.
//
//   <table>_kafka ──► <table>_reader ──► <table> ──► <table>_latest_writer ──► <table>_latest ──► <table>_now
//   (Kafka engine)        (what cannot be read: <table>_unreadable_reader ──► unreadable)
//
// ClickHouse commits its position in Kafka after an insert, so what it reads it may read again (at least
// once). A record read again has the same sorting key, and ReplacingMergeTree leaves one of them; the latest
// states and the rates come out the same whether it has done so yet or not.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "model/column.h"

namespace ntsp::app {

struct ClickHouseOptions {
  std::string brokers;                          // host:port, several with commas between them
  std::array<std::string, kTableCount> topics;  // by Table
  std::string group = "clickhouse";             // the tables' are <group>-<table>
  std::string database = "telemetry";           // REQUIRES: IsClickHouseName
  uint32_t consumers = 1;                       // of each table
  uint32_t ttl_days = 0;                        // after received_at; 0: rows are kept
};

// Letters, digits and '_', no digit first: a name that needs no quotes.
bool IsClickHouseName(std::string_view name);

// Statements to run in this order; they can be run again: what is there stays as it is. The same for every
// KAFKA_OUTPUT_FRAMING.
std::string ClickHouseSchema(const ClickHouseOptions& options);

}  // namespace ntsp::app
