// The records of one raw message as Kafka values: one message per (table, node), in the framing that was
// asked for, split where a value would grow beyond what the broker takes. Each value can be read on its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "model/record.h"
#include "model/record_json.h"
#include "model/verdict.h"
#include "publish/node_index.h"
#include "publish/options.h"

namespace ntsp::publish {

// Borrows: the key from the records, the value from the OutputMessages that made it.
struct OutputMessage {
  Table table;
  uint32_t records;
  std::string_view key;  // node_name
  std::string_view value;
};

// Belongs to one worker; allocates only while it grows to the size of the messages it sees.
class OutputMessages {
 public:
  // What one message costs the producer and the broker beside key and value: record batch header and lengths.
  static constexpr size_t kOverhead = 128;

  // `max_bytes`: most that key, value and kOverhead may be together.
  OutputMessages(Framing framing, size_t max_bytes) : framing_(framing), max_bytes_(max_bytes) {}

  // Replaces the messages of the last call; records of one table and node keep their order. If one record
  // alone is too large (kTooLarge), there are no messages at all: a record does not name the element it came
  // from, so the raw message goes to the dead letter topic as a whole, and publishing its other records would
  // give them twice when it is put back.
  std::optional<Rejection> Frame(std::span<const Record> records);

  // Valid until the next Frame, and as long as the records.
  std::span<const OutputMessage> messages() const { return messages_; }

 private:
  // A run of order_: the records of one table and node.
  struct Group {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  void GroupByTableAndNode(std::span<const Record> records);
  bool WriteGroup(Table table, std::string_view key, std::span<const Record> records, Group& group);
  bool Add(const Record& record, size_t room);
  void Open(Table table, std::string_view key);
  void Close();
  void PointValues();
  Rejection TooLarge(const Record& record) const;

  Framing framing_;
  size_t max_bytes_;
  RecordJson json_;
  NodeIndex nodes_;
  std::vector<uint32_t> group_of_;  // by record: node * kTableCount + table
  std::vector<Group> groups_;
  std::vector<uint32_t> order_;  // indices of records, group by group
  Buffer values_;                // all values, one behind the other
  std::vector<size_t> begins_;   // by message: where its value begins in values_
  std::vector<OutputMessage> messages_;
};

}  // namespace ntsp::publish
