// The way back: what record_json wrote, as records. Reads the value of a Kafka message of a table's topic, in
// any of the framings (array, lines, one record), and loses nothing: writing the records again gives the same
// bytes.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "model/record.h"

namespace ntsp {

class RecordReader {
 public:
  RecordReader();
  ~RecordReader();

  // Calls `visit(const Record&)` for each record of `value`, in order; the record and its texts are valid
  // during the call only. kReject if the value is not JSON, a required column is missing, or a column has a
  // wrong type; the text says which. Unknown keys are ignored (a newer writer may have more columns) and
  // counted in ignored_keys(). Nothing is visited unless the whole value is good.
  template <typename Visit>
  Result<void> Read(Table table, std::string_view value, Visit visit) {
    NTSP_TRY(Parse(table, value));
    for (size_t i = 0; i < count(); ++i) visit(record(i));
    return {};
  }

  uint64_t ignored_keys() const;

 private:
  Result<void> Parse(Table table, std::string_view value);
  size_t count() const;
  const Record& record(size_t i) const;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ntsp
