#include "archive/partition_writer.h"

#include <algorithm>
#include <utility>

#include "archive/crash_point.h"
#include "base/defect.h"

namespace ntsp::archive {
namespace {

// Every try has its time limit, and a failed one is reported.
constexpr Duration kLongestStoreSilence = std::chrono::minutes(30);

}  // namespace

PartitionWriter::PartitionWriter(WorkerShared& shared, TopicPartition partition, Protocol::Options options)
    : shared_(shared),
      partition_(std::move(partition)),
      table_(options.layout.table),
      protocol_(std::move(options)),
      window_(NewWindow()),
      span_(shared.tracer, *shared.clock) {}

PartitionWriter::~PartitionWriter() {
  Drop("left to the next owner");
}

Window PartitionWriter::NewWindow() const {
  return Window(table_, partition_, shared_.make_file);
}

// ---- events

void PartitionWriter::Assigned(const Committed& committed) {
  Actions actions;
  protocol_.Assigned(committed, actions);
  Execute(std::move(actions));
}

void PartitionWriter::Take(const kafka::Message& message) {
  if (sought_) return;
  Actions actions;
  if (protocol_.Offer(message.offset, message.timestamp, Now(), actions)) {
    AppendRows(message);
    protocol_.Appended(window_.encoded_bytes(), Now(), actions);
  }
  Execute(std::move(actions));
}

void PartitionWriter::AppendRows(const kafka::Message& message) {
  Result<void> appended;
  const auto append = [&](const Record& record) {
    if (appended) appended = window_.Append(record);
  };
  auto read = message.value ? shared_.reader.Read(table_, *message.value, append)
                            : Result<void>(Reject("it has no value (a tombstone)"));
  if (!read) shared_.events->MessageSkipped(message, read.error().message);
  if (!appended) shared_.failure = Error{ErrorKind::kStop, appended.error().message};
}

void PartitionWriter::Tick() {
  if (out_of_range_) AnswerOutOfRange();
  Actions actions;
  protocol_.Tick(Now(), actions);
  Execute(std::move(actions));
}

void PartitionWriter::AnswerOutOfRange() {
  const auto limits = shared_.source->Limits(partition_, std::chrono::seconds(5));
  if (!limits) return shared_.events->BrokerFailing("limits of " + ToString(partition_), limits.error());
  out_of_range_ = false;
  Actions actions;
  protocol_.OutOfRange(limits->low, limits->high, Now(), actions);
  Execute(std::move(actions));
}

bool PartitionWriter::Heard(const JobReport& report) {
  const JobId id = std::visit([](const auto& r) { return r.id; }, report);
  if (id != upload_ && id != find_) return false;
  if (const auto* stored = std::get_if<ObjectStored>(&report)) {
    uploading_bytes_ -= stored->bytes;
  } else if (const auto* found = std::get_if<JobFound>(&report)) {
    HeardFound(*found);
  } else if (std::holds_alternative<JobUploaded>(report)) {
    HeardUploaded();
  }
  return true;
}

void PartitionWriter::HeardUploaded() {
  MaybeCrash(CrashPoint::kAfterUpload);
  upload_.reset();
  Actions actions;
  protocol_.Uploaded(Now(), actions);
  Execute(std::move(actions));
}

void PartitionWriter::HeardFound(const JobFound& found) {
  find_.reset();
  Actions actions;
  if (const auto limits = shared_.source->Limits(partition_, std::chrono::seconds(5))) {
    protocol_.ObjectsFound(found.objects, limits->high, Now(), actions);
  } else {
    shared_.events->BrokerFailing("limits of " + ToString(partition_), limits.error());
    actions.push_back(finding_);
  }
  Execute(std::move(actions));
}

bool PartitionWriter::WaitsForStore() const {
  return (upload_ || find_) && Now() - shared_.store_heard < kLongestStoreSilence;
}

void PartitionWriter::Flush() {
  Actions actions;
  protocol_.Flush(Now(), actions);
  Execute(std::move(actions));
}

void PartitionWriter::GiveBack() {
  Actions actions;
  protocol_.GiveBack(actions);
  Execute(std::move(actions));
}

void PartitionWriter::Pressure(bool on) {
  Actions actions;
  protocol_.Pressure(on, Now(), actions);
  Execute(std::move(actions));
}

void PartitionWriter::Shutdown() {
  Actions actions;
  protocol_.Shutdown(Now(), actions);
  Execute(std::move(actions));
}

// ---- actions

void PartitionWriter::Execute(Actions actions) {
  for (size_t i = 0; i < actions.size(); ++i) {
    // I7: after a commit of unknown outcome nothing more is done in this membership, for any partition.
    if (shared_.rejoin || shared_.failure) return;
    const Action next = std::move(actions[i]);  // a copy: carrying it out may append to `actions`
    std::visit([&](const auto& what) { Do(what, actions); }, next);
  }
}

void PartitionWriter::Do(const action::Commit& commit, Actions& out) {
  if (commit.plans) MaybeCrash(CrashPoint::kBeforePlan);
  if (HasDefect(Defect::kPlanSkipped) && commit.plans && !commit.ends) {
    return protocol_.CommitEnded(kafka::CommitOutcome::kCommitted, Now(), out);
  }
  std::string why;
  // I6: this returns before the thread polls again, so no revocation passes while a commit is in flight.
  const std::string& plan = HasDefect(Defect::kPlanSkipped) ? "" : commit.metadata;
  const auto outcome = shared_.source->Commit({partition_, commit.offset, plan}, why);
  switch (outcome) {
    case kafka::CommitOutcome::kCommitted:
      if (commit.plans) MaybeCrash(CrashPoint::kAfterPlan);
      if (commit.ends) MaybeCrash(CrashPoint::kAfterDone);
      break;
    case kafka::CommitOutcome::kRefused:
      shared_.events->CommitRefused(partition_, why);
      break;
    case kafka::CommitOutcome::kUnknown:
      shared_.events->CommitUnknown(partition_, why);
      break;
  }
  protocol_.CommitEnded(outcome, Now(), out);
}

void PartitionWriter::Do(const action::Upload& upload, Actions&) {
  shared_.events->WindowClosed(partition_, upload.range, upload.cause);
  auto objects = std::exchange(window_, NewWindow());
  auto finished = std::move(objects).Finish(shared_.prefix, upload.range);
  if (!finished) {
    shared_.failure = Error{ErrorKind::kStop, finished.error().message};
    return;
  }
  for (const Object& object : *finished) uploading_bytes_ += object.bytes.size();
  if (HasDefect(Defect::kDoneEarly)) {
    std::string why;
    shared_.source->Commit({partition_, upload.range.end, ""}, why);
  }
  span_.Begin(partition_, upload.range, CauseName(upload.cause), *finished);
  shared_.store_heard = Now();
  upload_ = shared_.uploads->Start(UploadJob{*std::move(finished), upload.keep_existing}, shared_.reports);
}

void PartitionWriter::Do(const action::Done& done, Actions&) {
  shared_.events->WindowDone(partition_, done.range);
  span_.End("archived");
}

void PartitionWriter::Do(const action::Drop&, Actions&) {
  Drop("dropped");
}

void PartitionWriter::Drop(std::string_view why) {
  span_.End(why);
  if (upload_) shared_.uploads->Cancel(*std::exchange(upload_, std::nullopt));
  if (find_) shared_.uploads->Cancel(*std::exchange(find_, std::nullopt));
  uploading_bytes_ = 0;
  window_ = NewWindow();
}

void PartitionWriter::Do(const action::Pause&, Actions&) {
  Check(shared_.source->Pause(partition_), "pause");
}

void PartitionWriter::Do(const action::Resume&, Actions&) {
  Check(shared_.source->Resume(partition_), "resume");
}

void PartitionWriter::Do(const action::Seek& seek, Actions&) {
  sought_ = true;
  Check(shared_.source->Seek(partition_, seek.to), "seek");
}

// Where to read on must be known for sure; a new membership asks the broker again.
void PartitionWriter::Check(const Result<void>& result, const char* what) {
  if (result) return;
  shared_.events->BrokerFailing(std::string(what) + " of " + ToString(partition_), result.error());
  shared_.rejoin = true;
}

void PartitionWriter::Do(const action::AskCommitted&, Actions& out) {
  const auto answer = shared_.source->Committed({partition_}, std::chrono::seconds(5));
  if (!answer || answer->empty()) return;  // the protocol asks again
  protocol_.CommittedRead({answer->front().offset, answer->front().metadata}, Now(), out);
}

void PartitionWriter::Do(const action::FindObjects& find, Actions&) {
  // Rows stand by event time, which may be older than their message by what normalize was behind and the
  // clamp.
  constexpr int64_t kDay = 86'400'000'000;
  FindJob job{partition_, {}};
  if (find.since) {
    const int64_t last = std::max(shared_.clock->WallTime().micros, find.since->micros) + kDay;
    for (int64_t day = find.since->micros - 8 * kDay; day <= last; day += kDay) {
      job.prefixes.push_back(DayPrefix(shared_.prefix, table_, Timestamp{day}));
    }
  } else {
    job.prefixes.push_back(TablePrefix(shared_.prefix, table_));
  }
  finding_ = find;
  shared_.store_heard = Now();
  find_ = shared_.uploads->Start(std::move(job), shared_.reports);
}

void PartitionWriter::Do(const action::Rejoin&, Actions&) {
  shared_.rejoin = true;
}

void PartitionWriter::Do(const action::ReportLost& lost, Actions&) {
  shared_.events->OffsetsLost(partition_, lost.from, lost.to);
}

void PartitionWriter::Do(const action::ReportFound& found, Actions&) {
  shared_.events->PositionFound(partition_, found.at);
}

void PartitionWriter::Do(const action::ReportReplaced& replaced, Actions&) {
  shared_.events->LogReplaced(partition_, replaced.committed, replaced.high);
}

void PartitionWriter::Do(const action::Fail& fail, Actions&) {
  shared_.failure = Error{fail.error.kind, ToString(partition_) + ": " + fail.error.message};
}

}  // namespace ntsp::archive
