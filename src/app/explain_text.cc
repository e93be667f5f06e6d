#include "app/explain_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "app/explain_words.h"
#include "app/leaf_outcome.h"
#include "app/text_table.h"

namespace ntsp::app {
namespace {

using normalize::Fate;

bool IsSame(const ExplainedText& text, const ExplainedText& before) {
  return text.text.empty() || text == before;
}

class Text {
 public:
  explicit Text(const Explanation& told) : told_(told) {}

  std::string Take(std::string_view title) {
    Line(0, fmt::format("{}: {}", title, Packed(told_)));
    for (const ExplainedObject& object : told_.objects) AddObject(object);
    AddLoose(0, told_.drops, told_.failures);
    if (told_.rejection) {
      Line(0, "rejected   " + Rejected(*told_.rejection));
      ++failed_;
    }
    AddSum();
    return std::move(text_);
  }

 private:
  void Line(size_t indent, std::string_view line) { text_.append(indent, ' ').append(line) += '\n'; }

  void AddObject(const ExplainedObject& object) {
    const decode::Trace::Object& seen = object.seen;
    before_ = {};
    text_ += '\n';
    const std::string where = Where(seen);
    if (seen.detection.shape == decode::Shape::kUnknown) {
      Line(0, where + Unknown(seen));
    } else {
      std::string name(decode::ShapeName(seen.detection.shape));
      if (object.dialect) name += fmt::format(" ({})", DialectName(*object.dialect));
      Line(0, fmt::format("{}{}: {}", where, name, Why(seen)));
    }
    for (size_t i = 0; i < object.elements.size(); ++i) AddElement(object, i);
    AddLoose(2, object.drops, object.failures);
  }

  std::string Where(const decode::Trace::Object& seen) {
    if (seen.wrappers > 0) return seen.in_text ? "inside, as text: " : "inside: ";
    const auto is_outer = [](const ExplainedObject& object) { return object.seen.wrappers == 0; };
    const auto count = std::ranges::count_if(told_.objects, is_outer);
    ++number_;
    return count > 1 ? fmt::format("object {} of {}: ", number_, count) : "";
  }

  void AddLoose(size_t indent, const std::vector<ExplainedDrop>& drops,
                const std::vector<Rejection>& failures) {
    AddDrops(indent, drops);
    for (const Rejection& why : failures) {
      Line(indent, "rejected   " + Rejected(why));
      ++failed_;
    }
  }

  // Equal ones that stand together are one line.
  void AddDrops(size_t indent, const std::vector<ExplainedDrop>& drops) {
    for (size_t i = 0, end = 0; i < drops.size(); i = end) {
      while (end < drops.size() && drops[end] == drops[i]) ++end;
      const std::string times = end - i > 1 ? fmt::format(" ({} times)", end - i) : "";
      Line(indent, "dropped    " + Dropped(drops[i]) + times);
    }
  }

  void AddElement(const ExplainedObject& object, size_t number) {
    const decode::DialectFacts& facts = decode::FactsOf(*object.dialect);
    const ExplainedElement& element = object.elements[number];
    Line(0, fmt::format("\n{} {}{}", facts.element, number + 1,
                        IsAsBefore(element) ? "   (node and time as before)" : ""));
    AddPaths(element.paths);
    AddSamples(element.samples);
    AddDrops(2, element.drops);
    if (!element.rejection) return;
    ++failed_;
    Line(2, "rejected   " + Rejected(*element.rejection));
    const bool has_key_place =
        std::ranges::find(facts.node, decode::Place::In::kKey, &decode::Place::in) != facts.node.end();
    may_be_in_key_ |= has_key_place && element.rejection->kind == RejectKind::kMissingNode;
  }

  void AddPaths(const std::vector<decode::Origins::Written>& paths) {
    if (paths == before_.paths) return;
    before_.paths = paths;
    for (const auto& path : paths) AddLine("path", {path.text, path.origin});
  }

  bool IsAsBefore(const ExplainedElement& element) const {
    if (element.samples.empty() || before_.time.text.empty()) return false;
    const ExplainedSample& first = element.samples.front();
    return IsSame(NodeOf(first), before_.node) && IsSame(first.node_namespace, before_.node_namespace) &&
           IsSame(first.time, before_.time);
  }

  static ExplainedText NodeOf(const ExplainedSample& sample) {
    return sample.node.text.empty() ? ExplainedText{"none is named", ""} : sample.node;
  }

  // Only where it is not what it was in the sample before.
  void AddFact(std::string_view name, const ExplainedText& fact, ExplainedText& before) {
    if (IsSame(fact, before)) return;
    before = fact;
    AddLine(name, fact);
  }

  void AddLine(std::string_view name, const ExplainedText& fact) {
    std::string line = fmt::format("{:<11}{}", name, Shown(fact.text, kLong));
    if (!fact.origin.empty()) line += fmt::format("   ({})", fact.origin);
    Line(2, line);
  }

  // Of several samples of no use at one path, the first stands for all.
  void AddSamples(const std::vector<ExplainedSample>& samples) {
    for (size_t i = 0; i < samples.size();) {
      AddSample(samples[i]);
      size_t end = i + 1;
      while (IsOfNoUse(samples[i]) && end < samples.size() && IsOfNoUse(samples[end]) &&
             samples[end].path == samples[i].path) {
        ++end;
      }
      if (end - i > 1) Line(4, fmt::format("and {} more like this, all ignored", end - i - 1));
      i = end;
    }
  }

  void AddSample(const ExplainedSample& sample) {
    AddFact("node", NodeOf(sample), before_.node);
    AddFact("namespace", sample.node_namespace, before_.node_namespace);
    AddFact("time", sample.time, before_.time);
    Line(2, fmt::format("{:<11}{}", sample.deleted ? "deleted" : "about",
                        sample.path.empty() ? "the root" : Shown(sample.path, kLong)));
    TextTable table;
    for (const ExplainedKey& key : sample.keys) {
      table.Add({fmt::format("[{}]", key.name), Value(key.kind, key.value),
                 key.use.empty() ? "a key of no use here" : std::string(key.use)});
    }
    AddLeaves(sample, table);
    text_ += table.Text(4);
    for (const uint32_t record : sample.records) {
      Line(2, fmt::format("record {:<4}{}", record, Shown(Label(told_.records[record]), kLong)));
    }
  }

  // A run of leaves that are of no use is one line.
  void AddLeaves(const ExplainedSample& sample, TextTable& table) {
    constexpr size_t kFew = 3;
    for (size_t i = 0; i < sample.leaves.size();) {
      const size_t end = EndOfRun(sample.leaves, i);
      if (end - i > kFew) {
        AddRun(sample, i, end, table);
      } else {
        for (size_t k = i; k < end; ++k) AddLeaf(sample.leaves[k], sample, table);
      }
      i = end;
    }
  }

  static bool IsOfNoUse(const ExplainedLeaf& leaf) {
    return leaf.fate == Fate::kIgnored || leaf.fate == Fate::kOtherSubsystem || leaf.fate == Fate::kNull;
  }
  static bool IsOfNoUse(const ExplainedSample& sample) {
    const auto is_ignored = [](const ExplainedLeaf& leaf) { return IsOfNoUse(leaf); };
    return !sample.deleted && sample.records.empty() && std::ranges::all_of(sample.leaves, is_ignored);
  }

  static size_t EndOfRun(const std::vector<ExplainedLeaf>& leaves, size_t first) {
    size_t end = first + 1;
    while (end < leaves.size() && IsOfNoUse(leaves[first]) && leaves[end].fate == leaves[first].fate &&
           leaves[end].container == leaves[first].container) {
      ++end;
    }
    return end;
  }

  void AddRun(const ExplainedSample& sample, size_t first, size_t end, TextTable& table) const {
    const ExplainedLeaf& leaf = sample.leaves[first];
    table.Add({fmt::format("{}{}, … {}", Place(leaf, sample), leaf.name, sample.leaves[end - 1].name),
               fmt::format("{} leaves", end - first), OutcomeText(leaf, told_.keep_extra)});
  }

  void AddLeaf(const ExplainedLeaf& leaf, const ExplainedSample& sample, TextTable& table) const {
    std::string outcome = OutcomeText(leaf, told_.keep_extra);
    if (leaf.record && HasTwins(sample)) outcome += fmt::format(" [record {}]", *leaf.record);
    table.Add({Place(leaf, sample) + leaf.name, Value(leaf.kind, leaf.value), outcome});
  }

  // Two records of one table: then the column alone does not say which.
  bool HasTwins(const ExplainedSample& sample) const {
    std::array<int, kTableCount> count{};
    for (const uint32_t record : sample.records) ++count[static_cast<size_t>(told_.records[record].table)];
    return std::ranges::any_of(count, [](int n) { return n > 1; });
  }

  void AddSum() {
    Line(0, fmt::format("\nin all     {} record{}, {} rejected", told_.records.size(),
                        told_.records.size() == 1 ? "" : "s", failed_));
    if (told_.rejection) {
      Line(0, "           the whole value goes to the dead letter topic, as it is");
    } else if (failed_ > 0) {
      Line(0, "           what is rejected goes to the dead letter topic, and gives no records");
    }
    if (may_be_in_key_) Line(0, "           in Kafka, the message's key may name the node: try --key");
    if (told_.silent_nodes > 0) {
      Line(0, fmt::format("           {} node record{} left out, since nothing is said of the node "
                          "(NODE_RECORDS=facts)",
                          told_.silent_nodes, told_.silent_nodes == 1 ? "" : "s"));
    }
  }

  struct Before {
    std::vector<decode::Origins::Written> paths;
    ExplainedText node, node_namespace, time;
  };

  const Explanation& told_;
  std::string text_;
  Before before_;
  size_t failed_ = 0;
  bool may_be_in_key_ = false;
  size_t number_ = 0;  // of the object, without those inside another
};

}  // namespace

std::string ExplainText(std::string_view title, const Explanation& told) {
  return Text(told).Take(title);
}

}  // namespace ntsp::app
