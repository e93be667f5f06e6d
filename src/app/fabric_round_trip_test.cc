// Records → each dialect → records: what a report holds comes out of every dialect that can say it, column by
// column, and nothing else.
#include <gmock/gmock.h>

#include "app/fabric_truth_fake.h"
#include "app/json_rewrite_fake.h"
#include "app/simulation.h"
#include "decode/decoder.h"
#include "normalize/normalizer.h"
#include "normalize/rows_fake.h"

namespace ntsp::app {
namespace {

constexpr Timestamp kReceived{1'764'000'000'000'000};
constexpr uint64_t kReports = 150;

class RoundTrip : public ::testing::TestWithParam<FabricTongue> {
 protected:
  void Check(const FabricReportFake& fake, const std::string& value) {
    ASSERT_NO_FATAL_FAILURE(Take(value));
    ASSERT_THAT(Rows(), ::testing::ContainerEq(FabricTruth(GetParam(), fake)));
    ASSERT_THAT(Counts(), ::testing::ContainerEq(FabricRecordCounts(GetParam(), fake.report())));
    ASSERT_EQ(samples_.failed.size(), 0u);
    ASSERT_EQ(samples_.drops.size(), 0u);
    ASSERT_EQ(records_.unreadable_leaves(), 0u);
  }

 private:
  void Take(const std::string& value) {
    const RawMessage message{"raw", {0}, {0}, kReceived, "key of no node", value};
    const auto rejection = decoder_.Decode(message, samples_);
    ASSERT_FALSE(rejection) << rejection->message;
    normalizer_.Normalize(message, decoder_.paths(), samples_, records_);
  }

  std::map<Table, size_t> Counts() const {
    std::map<Table, size_t> counts = {{Table::kNode, 0}, {Table::kInterface, 0}, {Table::kAddress, 0}};
    for (const Record& record : records_.records()) ++counts[record.table];
    return counts;
  }

  // All that the records say of each object. They must not contradict each other.
  std::map<std::string, FabricRow> Rows() const {
    std::map<std::string, FabricRow> rows;
    for (const Record& record : records_.records()) {
      const std::string name = FabricRowName(record.table, normalize::Get(record, "interface_name"),
                                             normalize::Get(record, "ip_address"));
      for (const auto& [column, value] : RowOf(record)) {
        const auto [known, is_new] = rows[name].emplace(column, value);
        EXPECT_EQ(known->second, value) << column << " of " << name;
      }
    }
    return rows;
  }

  static FabricRow RowOf(const Record& record) {
    FabricRow row = normalize::RowOf(record);
    for (const char* column : {"timestamp", "node_name", "namespace", "source_format"}) {
      if (record.Has(FindColumn(record.table, column))) row[column] = normalize::Get(record, column);
    }
    // Where the length comes in another element, the prefix of this one is the bare address.
    if (record.table == Table::kAddress && !row.contains("prefix_length")) {
      EXPECT_EQ(row["address_ip_prefix"].find('/'), std::string::npos);
      row.erase("address_ip_prefix");
    }
    return row;
  }

  decode::Decoder decoder_;
  normalize::Normalizer normalizer_{{}};
  Samples samples_;
  normalize::Records records_;
};

TEST_P(RoundTrip, what_a_device_says_is_what_the_records_say) {
  for (uint64_t seed = 1; seed <= kReports; ++seed) {
    const FabricReportFake fake(seed);
    const std::string value = ReportText(GetParam().dialect, GetParam().model, fake.report());
    SCOPED_TRACE(::testing::Message() << "seed " << seed << ": " << value);
    ASSERT_NO_FATAL_FAILURE(Check(fake, value));
  }
}

TEST_P(RoundTrip, the_order_of_members_blanks_and_escapes_change_nothing) {
  Random random(4711);
  for (uint64_t seed = 1; seed <= kReports / 2; ++seed) {
    const FabricReportFake fake(seed);
    const std::string value =
        RewrittenJson(ReportText(GetParam().dialect, GetParam().model, fake.report()), random);
    SCOPED_TRACE(::testing::Message() << "seed " << seed << ": " << value);
    ASSERT_NO_FATAL_FAILURE(Check(fake, value));
  }
}

// XR's lists of addresses have no keys: one leaf each, nobody could tell them apart.
std::vector<FabricTongue> Tongues() {
  std::vector<FabricTongue> tongues = {{Dialect::kEda, FabricModel::kSrLinux},
                                       {Dialect::kYangPush, FabricModel::kOpenConfig}};
  for (const Dialect dialect : kDialects) {
    if (dialect == Dialect::kEda || dialect == Dialect::kYangPush) continue;
    tongues.push_back({dialect, FabricModel::kSrLinux});
    tongues.push_back({dialect, FabricModel::kOpenConfig});
    if (dialect != Dialect::kGnmiProto) tongues.push_back({dialect, FabricModel::kIosXr});
  }
  return tongues;
}

std::string TongueName(const ::testing::TestParamInfo<FabricTongue>& tongue) {
  constexpr std::array kModels = {"sr_linux", "open_config", "ios_xr"};
  std::string name(DialectName(tongue.param.dialect));
  std::ranges::replace(name, '-', '_');
  if (tongue.param.dialect == Dialect::kYangPush) return name;
  return name + "_of_" + kModels[static_cast<size_t>(tongue.param.model)];
}

INSTANTIATE_TEST_SUITE_P(Tongues, RoundTrip, ::testing::ValuesIn(Tongues()), TongueName);

}  // namespace
}  // namespace ntsp::app
