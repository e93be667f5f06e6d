// Whether the archive holds the rows of one partition of a table's topic, each once and as they are there.
//
//   names → windows        every message → a mark for each row ─┐
//                           every object → a mark for each row ─┴─ sorted by (batch_id, record_index) →
//                           compared
//
// Memory: one object, and what the sorter is given. Nothing is written but the sorter's temporary file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/difference.h"
#include "archive/mark_sorter.h"
#include "archive/named_windows.h"
#include "archive/object_store.h"
#include "archive/row_mark.h"
#include "base/result.h"
#include "kafka/log_reader.h"
#include "model/record_reader.h"

namespace ntsp::archive {

// What was looked at, and what could not be.
struct PartitionReport {
  Offset from, archived, high;       // compared: [from, archived); not archived yet: [archived, high)
  bool has_position = true;          // else `archived` was told by the objects' names
  uint64_t messages = 0, rows = 0;   // of the topic
  uint64_t objects = 0;              // read
  uint64_t objects_names_only = 0;   // their messages are gone from the topic, or lie before what is compared
  uint64_t objects_ahead = 0;        // of windows that are open, or of an earlier topic
  uint64_t objects_of_earlier = 0;   // of an earlier topic of the same name
  uint64_t unreadable_messages = 0;  // the archive leaves them out, too
  uint64_t rows_unchecked = 0;       // archived, and their messages are gone from the topic
};

class PartitionCheck {
 public:
  struct Options {
    TopicPartition partition;
    Table table = Table::kNode;
    std::string prefix;  // of the object keys
    std::optional<Timestamp> since;
    size_t memory_bytes = 64 << 20;  // for the sorter
    std::string temporary_folder = "/tmp";
  };
  struct Parts {
    kafka::LogReader& log;
    ObjectStore& store;
    Differences& differences;
  };

  // `objects`: those of the partition, listed after `committed` was asked for. What is done by then has its
  // objects.
  PartitionCheck(Options options, Parts parts, std::vector<ArchivedObject> objects,
                 std::optional<Offset> committed);

  // Once. The error is about reading, not about what was read.
  Result<PartitionReport> Run();

 private:
  // Rows of one identity, as they come out of the sorter.
  struct Group {
    RowMark in_topic, in_archive;  // the first of each
    Offset again;                  // the second in the topic
    uint32_t place_again = 0;      // the second in the archive
    uint64_t topic = 0, archive = 0, archive_earlier = 0;
    bool differ = false;
  };

  Result<NamedWindows::Log> AskLog();
  Result<void> ReadTopic(NamedWindows& windows);
  Result<void> ReadObjects(const NamedWindows& windows);
  Result<void> ReadObject(size_t index);
  void CheckFolder(const ArchivedObject& object, const Record& record, std::optional<DateHour>& good);
  void CheckFooter(const ArchivedObject& object, const struct ParquetLineage& lineage, uint64_t rows);
  void Take(const RowMark& mark, const NamedWindows& windows);
  void Judge(const Group& group, const NamedWindows& windows);
  void JudgeMissing(const Group& group, const NamedWindows& windows);
  void JudgeArchived(const Group& group);
  std::string Identity(const RowMark& mark) const;
  const ArchivedObject& ObjectAt(uint32_t place) const { return objects_[place - 1]; }

  const Options options_;
  const Parts parts_;
  const std::vector<ArchivedObject> objects_;
  const std::optional<Offset> committed_;
  PartitionReport report_;
  Offset low_;  // of the topic, after it was read
  std::vector<bool> earlier_;
  std::map<std::pair<Offset, Offset>, uint64_t> uncovered_;  // rows, by the range that no window covers
  RecordReader reader_;
  RowMarker marker_;
  MarkSorter sorter_;
  Group group_;
};

}  // namespace ntsp::archive
