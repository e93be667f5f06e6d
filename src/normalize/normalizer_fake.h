// For tests: a normalizer with hand-made samples on one side and rows that are easy to compare on the other.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "normalize/normalizer.h"
#include "normalize/rows_fake.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {

inline const FakeKeys kPort = {{"interface_name", Text("ethernet-1/1")}};
inline const FakeKeys kUnit = {{"interface_name", Text("ethernet-1/1")}, {"subinterface_index", Text("0")}};
inline constexpr const char* kV4 = "interface/subinterface/ipv4/address";
inline const std::string kOcAddress =
    "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address";

inline FakeKeys Cidr(std::string_view prefix) {
  return {{"interface_name", Text("mgmt0")},
          {"subinterface_index", Text("0")},
          {"address_ip-prefix", Text(prefix)}};
}
inline FakeKeys Ip(std::string_view ip) {
  return {{"interface_name", Text("mgmt0")}, {"subinterface_index", Text("0")}, {"address_ip", Text(ip)}};
}

// Put samples into `in_`, then ask.
class NormalizerFake : public testing::Test {
 protected:
  // The records of what was put into `in_`, but for node records that say nothing.
  std::vector<Row> Rows(Options options = {}) {
    Run(options);
    std::vector<Row> rows;
    for (const Record& record : out_.records()) {
      Row row = RowOf(record);
      if (row != Row{{"table", "node"}}) rows.push_back(std::move(row));
    }
    return rows;
  }
  std::span<const Record> Run(Options options = {}) {
    Normalizer(options).Normalize(in_.message, in_.paths, in_.samples, out_);
    return out_.records();
  }
  std::vector<std::string> Drops() {
    std::vector<std::string> drops;
    for (const Drop& drop : in_.samples.drops) {
      drops.push_back(std::string(DropName(drop.kind)) + " " + std::string(drop.path));
    }
    return drops;
  }
  // The kind of the only failed element, "" if there is none.
  std::string Failure() {
    if (in_.samples.failed.empty()) return "";
    EXPECT_EQ(in_.samples.failed.size(), 1u);
    return std::string(RejectName(in_.samples.failed[0].why.kind));
  }
  std::vector<std::string> Names() {
    std::vector<std::string> names;
    for (const Record& record : out_.records()) {
      names.push_back(std::string(TableName(record.table)) + " " +
                      std::string(record.Text(column::kNodeName)));
    }
    return names;
  }

  SamplesFake in_;
  Records out_;
};

}  // namespace ntsp::normalize
