// Puts dead letters back on the raw topic, each at most once: the letters of a batch and the note that they
// are back are one transaction.
//
//   for each partition: from the position on, in order: select → check → produce → … → commit with progress
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "kafka/log_reader.h"
#include "kafka/transfer.h"
#include "publish/put_back.h"
#include "publish/redrive_progress.h"

namespace ntsp::publish {

struct RedriveReport {
  struct Kind {
    uint64_t put_back = 0;              // in a dry run: would be
    uint64_t refused = 0;               // selected, and cannot go back
    uint64_t left = 0;                  // not selected
    uint64_t done = 0;                  // put back or refused by an earlier call
    std::vector<std::string> examples;  // of what is put back
  };
  std::map<std::string, Kind> kinds;
  std::vector<std::string> refusals;  // with reasons; as many as examples of a kind
  uint64_t refused = 0, put_back = 0;
  bool interrupted = false;
};

class Redrive {
 public:
  struct Options {
    std::string raw_topic, dead_letter_topic;
    // Which letters; what is absent or empty does not matter.
    std::set<std::string> kinds;
    std::optional<Timestamp> since, until;  // when it became a dead letter; `until` is exclusive
    std::optional<Partition> partition;     // of the dead letter topic
    std::optional<Offset> offset;
    bool from_start = false;  // forget what earlier calls did
    double rate = 0;          // messages a second; 0: as fast as it goes
    size_t examples = 3;      // of each kind
    size_t batch_messages = 1000, batch_bytes = 8 << 20;
  };
  // All must outlive it.
  struct Parts {
    kafka::LogReader& log;      // its group is the redrive's
    kafka::Transfer* transfer;  // null: a dry run
    const Clock& clock;
    std::function<void(Duration)> pause;
    std::function<bool()> stop;  // asked at each letter: end after the batch
  };

  Redrive(Options options, Parts parts)
      : options_(std::move(options)), parts_(std::move(parts)), put_back_(options_.raw_topic) {}

  // Up to the letters that are there now. What is committed stays so if it fails later, and the next call
  // goes on behind it.
  Result<RedriveReport> Run(int partitions);

 private:
  Result<void> RunPartition(const kafka::Position& position);
  Result<void> Take(const kafka::Message& letter);
  bool IsSelected(const kafka::Message& letter, const std::string& kind) const;
  Result<void> Send(const kafka::Message& letter, std::span<const kafka::Header> headers);
  Result<void> WaitForTurn();
  void Refuse(const kafka::Message& letter, const std::string& kind, const std::string& why);
  void Note(const kafka::Message& letter, const LetterFacts& facts, RedriveReport::Kind& of) const;
  Result<void> Commit();
  Result<void> Judge(const kafka::CommitReport& ended) const;

  const Options options_;
  const Parts parts_;
  PutBack put_back_;
  RedriveReport report_;
  TopicPartition partition_;  // that is read now
  std::optional<RedriveProgress> progress_;
  Instant began_{}, batch_began_{};
  uint64_t sent_ = 0;  // of all partitions, for the rate
  size_t batch_messages_ = 0, batch_bytes_ = 0;
  bool open_ = false, changed_ = false;
};

}  // namespace ntsp::publish
