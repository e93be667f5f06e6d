// For tests: what must become of a report in each dialect, worked out from the report and from what the
// dialect's model can say: nothing here comes from the writers, the decoders or the normalizer.
#pragma once

#include <map>
#include <string>

#include "app/fabric_model.h"
#include "app/fabric_report_fake.h"
#include "model/column.h"
#include "model/sample.h"

namespace ntsp::app {

// Column → value, as normalize::RowOf has them, with the common columns that do not come from Kafka.
using FabricRow = std::map<std::string, std::string>;

// What a record is about: "interface e1", "address e1 10.0.0.1", "node".
std::string FabricRowName(Table table, const std::string& interface_name, const std::string& ip);

// A way to tell of a report.
struct FabricTongue {
  Dialect dialect;
  FabricModel model;  // of no meaning for YANG-Push, which has one of its own
};

// All that is said of each object, in however many records.
std::map<std::string, FabricRow> FabricTruth(const FabricTongue& tongue, const FabricReportFake& fake);

// How many records of each table.
std::map<Table, size_t> FabricRecordCounts(const FabricTongue& tongue, const FabricReport& report);

}  // namespace ntsp::app
