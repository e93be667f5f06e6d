#include "publish/interface_watch.h"

#include <fmt/format.h>

#include <functional>
#include <string_view>

#include "base/log.h"

namespace ntsp::publish {
namespace {

constexpr const char* kKind = "interface-down";

constexpr ColumnIndex kName = ColumnOf(Table::kInterface, "interface_name");
constexpr ColumnIndex kSubinterface = ColumnOf(Table::kInterface, "subinterface_index");
constexpr ColumnIndex kAdmin = ColumnOf(Table::kInterface, "admin_status");
constexpr ColumnIndex kOper = ColumnOf(Table::kInterface, "oper_status");

uint64_t KeyOf(const Record& record) {
  constexpr std::hash<std::string_view> hash;
  const std::string_view space =
      record.Has(column::kNamespace) ? record.Text(column::kNamespace) : std::string_view();
  uint64_t key = hash(space);
  for (const std::string_view part : {record.Text(column::kNodeName), record.Text(kName)}) {
    key = key * 0x9E3779B97F4A7C15 + hash(part);
  }
  return key;
}

bool IsDown(std::string_view status) {
  return status == "down" || status == "lower-layer-down" || status == "not-present";
}

}  // namespace

void InterfaceWatch::See(Partition partition, std::span<const Record> records, Instant now) {
  for (const Record& record : records) {
    if (record.table != Table::kInterface || record.Has(kSubinterface)) continue;
    SeeInterface(partition, record, now);
  }
}

// Whether it is watched and the record is news of it.
bool InterfaceWatch::SeenUp(Key key, Partition partition, const Record& record, bool up) {
  auto seen = seen_up_.find(key);
  if (seen == seen_up_.end()) {
    if (!up) return false;
    if (seen_up_.size() == kMaxInterfaces) {
      if (!full_told_) {
        log::Warn("interfaces-not-watched",
                  "there are too many interfaces; ALERT_ON_INTERFACE_DOWN sees a part of them",
                  {{"watched", kMaxInterfaces}});
      }
      full_told_ = true;
      return false;
    }
    seen = seen_up_.try_emplace(key).first;
  }
  const Timestamp time = record.Time(column::kTimestamp);
  if (time < seen->second.newest) return false;
  seen->second.newest = time;
  seen->second.partition = partition;
  if (record.Has(kAdmin)) {
    seen->second.disabled = record.Text(kAdmin) == "down";
  } else if (up) {
    seen->second.disabled = false;
  }
  return true;
}

void InterfaceWatch::SeeInterface(Partition partition, const Record& record, Instant now) {
  const Key key = KeyOf(record);
  const std::string_view status = record.Has(kOper) ? record.Text(kOper) : std::string_view();
  if (!SeenUp(key, partition, record, status == "up")) return;
  if (record.Has(column::kDeleted)) return Drop(key);
  if (status == "up" || seen_up_.at(key).disabled) return SeeUp(key, now);
  if (IsDown(status)) SeeDown(key, record, now);
}

void InterfaceWatch::SeeUp(Key key, Instant now) {
  const auto trouble = troubles_.find(key);
  if (trouble == troubles_.end() || trouble->second.up) return;
  if (!trouble->second.told) {
    troubles_.erase(trouble);
    return;
  }
  trouble->second.up = true;
  trouble->second.since = now;
}

void InterfaceWatch::SeeDown(Key key, const Record& record, Instant now) {
  const auto [trouble, fresh] = troubles_.try_emplace(key);
  if (fresh) {
    trouble->second = {std::string(record.Text(column::kNodeName)), std::string(record.Text(kName)), false,
                       false, now};
  }
  trouble->second.up = false;
}

void InterfaceWatch::Drop(Key key) {
  const auto trouble = troubles_.find(key);
  if (trouble != troubles_.end()) {
    ReportEnd(alerts_, kKind, trouble->second.told ? 1 : 0);
    troubles_.erase(trouble);
  }
  seen_up_.erase(key);
}

void InterfaceWatch::Tick(Instant now) {
  std::vector<Concerned> down;
  size_t ended = 0;
  for (auto it = troubles_.begin(); it != troubles_.end();) {
    Trouble& trouble = it->second;
    const bool lasts = now - trouble.since >= down_after_;
    if (trouble.up && lasts) {
      ++ended;
      it = troubles_.erase(it);
      continue;
    }
    if (!trouble.up && !trouble.told && lasts) {
      trouble.told = true;
      down.push_back({trouble.node, trouble.node + " " + trouble.interface});
    }
    ++it;
  }
  if (!down.empty()) TellDown(down);
  ReportEnd(alerts_, kKind, ended);
}

void InterfaceWatch::TellDown(const std::vector<Concerned>& down) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(down_after_).count();
  ReportBegin(alerts_, kKind,
              fmt::format("{} for at least {} s",
                          down.size() == 1 ? "An interface is down" : "Interfaces are down", seconds),
              down);
}

void InterfaceWatch::Forget(Partition partition) {
  std::vector<Key> gone;
  for (const auto& [key, interface] : seen_up_) {
    if (interface.partition == partition) gone.push_back(key);
  }
  for (const Key key : gone) Drop(key);
}

}  // namespace ntsp::publish
