#include "archive/difference.h"

#include <fmt/format.h>

namespace ntsp::archive {

std::string_view DifferenceName(Difference kind) {
  switch (kind) {
    case Difference::kMissingRow:
      return "missing-row";
    case Difference::kMissingRange:
      return "missing-range";
    case Difference::kRepeatedInTopic:
      return "repeated-in-topic";
    case Difference::kRepeatedInObject:
      return "repeated-in-archive";
    case Difference::kChangedRow:
      return "changed-row";
    case Difference::kForeignRow:
      return "foreign-row";
    case Difference::kMisplacedRow:
      return "misplaced-row";
    case Difference::kWrongFolder:
      return "wrong-folder";
    case Difference::kWrongFooter:
      return "wrong-footer";
    case Difference::kUnreadable:
      return "unreadable-object";
    case Difference::kOverlap:
      return "overlap";
    case Difference::kGap:
      return "gap";
  }
  return "";
}

void Differences::Add(Difference kind, const std::string& example, uint64_t count) {
  Kind& of = kinds_[static_cast<size_t>(kind)];
  of.count += count;
  if (of.examples.size() >= most_examples_) return;
  of.examples.push_back(example);
  of.shown += count;
}

uint64_t Differences::total() const {
  uint64_t sum = 0;
  for (const Kind& kind : kinds_) sum += kind.count;
  return sum;
}

std::string Differences::Text() const {
  std::string text;
  for (size_t i = 0; i < kinds_.size(); ++i) {
    const std::string_view name = DifferenceName(static_cast<Difference>(i));
    for (const std::string& example : kinds_[i].examples) text += fmt::format("{:20} {}\n", name, example);
    const uint64_t more = kinds_[i].count - kinds_[i].shown;
    if (more > 0) text += fmt::format("{:20} … and {} more\n", name, more);
  }
  return text;
}

}  // namespace ntsp::archive
