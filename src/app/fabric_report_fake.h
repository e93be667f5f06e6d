// For tests: a report with anything in it that a device may say: names that need escapes in one dialect or
// another, counters up to 2^64 - 1, addresses in many spellings. The same seed gives the same report.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/fabric.h"
#include "app/random.h"

namespace ntsp::app {

class FabricReportFake {
 public:
  explicit FabricReportFake(uint64_t seed);
  FabricReportFake(const FabricReportFake&) = delete;  // the report borrows

  const FabricReport& report() const { return report_; }
  // An IPv6 address of the report in its canonical form (RFC 5952).
  const std::string& Canonical(const std::string& ipv6) const { return canonical_.at(ipv6); }

 private:
  uint64_t Counter();
  Timestamp TimeBefore(Timestamp end);
  std::string Name();
  FabricCounters Counters();
  FabricInterface Interface(size_t number);
  std::string Ipv6();

  Random random_;
  FabricNode node_;
  FabricReport report_;
  std::map<std::string, std::string> canonical_;
};

}  // namespace ntsp::app
