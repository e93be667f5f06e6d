// From samples to records: what a device said, as rows of the three tables.
//
//   message    samples of one raw message, element by element
//   element    all of its records or none: one that cannot be identified takes its whole element to the dead
//   letters sample     split into the objects that its leaves speak of (path_lookup.h), each one a record
//   with an identity
//              (identity.h) and the columns that its leaves fill (path_table.h, value.h)
//   node       one record for each node that is mentioned, in front of the first record that mentions it
//   (nodes.h)
//
// A pure function of the message and its samples: no clock, no log, no memory of former messages in its
// results.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "model/path.h"
#include "model/raw_message.h"
#include "model/sample.h"
#include "normalize/draft.h"
#include "normalize/key_names.h"
#include "normalize/nodes.h"
#include "normalize/path_lookup.h"
#include "normalize/path_table.h"
#include "normalize/records.h"
#include "normalize/watch.h"

namespace ntsp::normalize {

struct Options {
  bool keep_extra = true;           // EXTRA_FIELDS=keep; else leaves without a column are left out
  bool node_records_always = true;  // NODE_RECORDS=always; else node records that say nothing are left out
};

// Belongs to one worker.
class Normalizer {
 public:
  // `watch`, if given, must outlive it.
  explicit Normalizer(Options options, std::span<const PathRow> rows = BuiltinRows(), Watch* watch = nullptr);
  Normalizer(const Normalizer&) = delete;  // its parts refer to each other
  Normalizer& operator=(const Normalizer&) = delete;

  // The records of one raw message into `out`, which is cleared before: numbered and complete. Elements that
  // cannot be published are appended to samples.failed, samples without anything for the tables to
  // samples.drops; the path of a drop is in the spelling of Path::text. REQUIRES: `samples` was decoded from
  // `message` with `paths`; an element's samples stand together.
  void Normalize(const RawMessage& message, const Paths& paths, Samples& samples, Records& out);

 private:
  size_t NormalizeElement(size_t first, Samples& samples);
  void FinishNodes(Records& out);
  void Number(const RawMessage& message, Records& out);

  const Options options_;
  Watch* const watch_;
  KeyNames keys_;
  PathLookup lookup_;
  Nodes nodes_;
  Draft draft_;
  std::string batch_name_;
};

}  // namespace ntsp::normalize
