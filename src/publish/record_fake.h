// Records for tests, with what is required in them.
#pragma once

#include <string>
#include <string_view>

#include "model/record.h"

namespace ntsp::publish {

// Borrows its texts.
inline Record MakeRecord(Table table, std::string_view node, uint64_t index, std::string_view space = {}) {
  Record record;
  record.Reset(table);
  record.Set(column::kBatchId, std::string_view("74738ff5-5367-5958-9aee-98fffdcd1876"));
  record.Set(column::kRecordIndex, index);
  record.Set(column::kTimestamp, Timestamp{1'700'000'000'000'000});
  record.Set(column::kReceivedAt, Timestamp{1'700'000'000'000'000});
  record.Set(column::kNodeName, node);
  record.Set(column::kSourceFormat, std::string_view("eda"));
  if (!space.empty()) record.Set(column::kNamespace, space);
  if (table == Table::kInterface) {
    record.Set(ColumnOf(Table::kInterface, "interface_name"), std::string_view("ethernet-1/1"));
  }
  if (table == Table::kAddress) {
    record.Set(ColumnOf(Table::kAddress, "interface_name"), std::string_view("ethernet-1/1"));
    record.Set(ColumnOf(Table::kAddress, "address_ip_prefix"), std::string_view("10.0.0.1/24"));
    record.Set(ColumnOf(Table::kAddress, "ip_address"), std::string_view("10.0.0.1"));
    record.Set(ColumnOf(Table::kAddress, "family"), uint64_t{4});
  }
  return record;
}

}  // namespace ntsp::publish
