// One partition that a worker has now: its protocol, its open window, and the store jobs it waits for.
// Carries out what the protocol asks for. Lives from assignment to revocation, on the worker's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/events.h"
#include "archive/protocol.h"
#include "archive/source.h"
#include "archive/store_job.h"
#include "archive/upload_pool.h"
#include "archive/window.h"
#include "archive/window_span.h"
#include "base/clock.h"
#include "model/record_reader.h"

namespace ntsp::archive {

// What all partitions of a worker share. The pointers outlive the worker, but for `source`, which is the one
// of the present group membership.
struct WorkerShared {
  Source* source = nullptr;
  UploadPool* uploads = nullptr;
  std::shared_ptr<JobReports> reports;
  FileBuilderFactory make_file;
  Events* events = nullptr;
  const Clock* clock = nullptr;
  observe::Tracer* tracer = nullptr;  // may be null
  std::string prefix;
  RecordReader reader;

  Instant store_heard{};         // when the last job began, or the last report of any came
  bool rejoin = false;           // this membership must end: nothing may be committed any more
  std::optional<Error> failure;  // the worker must end
};

class PartitionWriter {
 public:
  PartitionWriter(WorkerShared& shared, TopicPartition partition, Protocol::Options options);
  // Cancels its jobs.
  ~PartitionWriter();
  PartitionWriter(const PartitionWriter&) = delete;
  PartitionWriter& operator=(const PartitionWriter&) = delete;

  void Assigned(const Committed& committed);

  // Before the messages of a poll are taken.
  void BeginBatch() { sought_ = false; }
  void Take(const kafka::Message& message);
  void OutOfRange() { out_of_range_ = true; }
  void Tick();
  // True: the report was about a job of this partition.
  bool Heard(const JobReport& report);

  void Flush();
  void GiveBack();
  void Pressure(bool on);
  void Shutdown();

  // The store was given something to do, and answers or fails; if nothing is heard for long, it hangs.
  bool WaitsForStore() const;

  const TopicPartition& partition() const { return partition_; }
  const Protocol& protocol() const { return protocol_; }
  size_t window_memory() const { return window_.memory_bytes(); }
  size_t upload_memory() const { return uploading_bytes_; }
  // Of the open window and of what waits to be stored.
  size_t memory() const { return window_.memory_bytes() + uploading_bytes_; }

 private:
  void Execute(Actions actions);
  void Do(const action::Commit& commit, Actions& out);
  void Do(const action::Upload& upload, Actions& out);
  void Do(const action::Done& done, Actions& out);
  void Do(const action::Drop& drop, Actions& out);
  void Do(const action::Pause& pause, Actions& out);
  void Do(const action::Resume& resume, Actions& out);
  void Do(const action::Seek& seek, Actions& out);
  void Do(const action::AskCommitted& ask, Actions& out);
  void Do(const action::FindObjects& find, Actions& out);
  void Do(const action::Rejoin& rejoin, Actions& out);
  void Do(const action::ReportLost& lost, Actions& out);
  void Do(const action::ReportFound& found, Actions& out);
  void Do(const action::ReportReplaced& replaced, Actions& out);
  void Do(const action::Fail& fail, Actions& out);

  void AppendRows(const kafka::Message& message);
  void HeardUploaded();
  void HeardFound(const JobFound& found);
  void AnswerOutOfRange();
  void Drop(std::string_view why);
  void Check(const Result<void>& result, const char* what);
  Window NewWindow() const;
  Instant Now() const { return shared_.clock->Now(); }

  WorkerShared& shared_;
  const TopicPartition partition_;
  const Table table_;
  Protocol protocol_;
  Window window_;
  WindowSpan span_;
  std::optional<JobId> upload_, find_;
  action::FindObjects finding_{};  // what find_ looks for
  size_t uploading_bytes_ = 0;
  bool sought_ = false;        // the rest of this batch was read before a seek
  bool out_of_range_ = false;  // not answered yet
};

}  // namespace ntsp::archive
