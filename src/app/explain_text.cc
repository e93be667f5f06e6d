#include "app/explain_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "app/leaf_outcome.h"
#include "app/text_table.h"

namespace ntsp::app {
namespace {

using normalize::Fate;

constexpr size_t kLong = 200;  // of a text that stands alone, characters

std::string Packed(const Explanation& told) {
  switch (told.packing) {
    case decode::Packing::kNone:
      return fmt::format("{} bytes", told.size);
    case decode::Packing::kGzip:
      return fmt::format("{} bytes of gzip, unpacked {}", told.size, told.unpacked_size);
    case decode::Packing::kZstd:
      return fmt::format("{} bytes of zstd, unpacked {}", told.size, told.unpacked_size);
  }
  return "";
}

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

std::string Value(Scalar::Kind kind, const std::string& value) {
  return kind == Scalar::Kind::kText ? Quoted(value) : value;
}

// "it has "path" (text) and "entries" (an array or object)".
std::string Why(const decode::Trace::Object& seen) {
  std::vector<std::string> members, without;
  for (const auto& member : seen.detection.members) {
    members.push_back(member.must_be.empty() ? Quoted(member.name)
                                             : fmt::format("\"{}\" ({})", member.name, member.must_be));
  }
  for (const std::string_view name : seen.detection.without) without.push_back(Quoted(name));
  std::string text = fmt::format("it has {}", fmt::join(members, " and "));
  if (!without.empty()) text += fmt::format(", and no {}", fmt::join(without, ", "));
  return text;
}

std::string Unknown(const decode::Trace::Object& seen) {
  if (seen.members.empty()) return "of no known dialect: it has no members";
  std::vector<std::string> names;
  for (const std::string& name : seen.members) names.push_back(Quoted(Shown(name)));
  return fmt::format("of no known dialect: its members are {}", fmt::join(names, ", "));
}

std::string Dropped(const ExplainedDrop& drop) {
  std::string text(DropName(drop.kind));
  if (!drop.path.empty()) text += ": " + Shown(drop.path, kLong);
  return text;
}

std::string Rejected(const Rejection& why) {
  return fmt::format("{}: {}", RejectName(why.kind), Shown(why.message, kLong));
}

// Below the sample's path, or from the root.
std::string Place(const ExplainedLeaf& leaf, const ExplainedSample& sample) {
  if (leaf.container.empty()) return "";
  if (sample.path.empty()) return leaf.container + "/";
  const bool is_below = leaf.container.starts_with(sample.path + "/");
  return (is_below ? leaf.container.substr(sample.path.size() + 1) : "/" + leaf.container) + "/";
}

bool IsSame(const ExplainedText& text, const ExplainedText& before) {
  return text.text.empty() || text == before;
}

// With the columns that were worked out of the address.
std::string Label(const ExplainedRecord& record) {
  std::vector<std::string> more;
  for (const std::string_view column : {"ip_address", "prefix_length", "family", "network_instance"}) {
    const auto cell =
        std::ranges::find(record.cells, column, &std::pair<std::string_view, std::string>::first);
    if (cell != record.cells.end()) more.push_back(fmt::format("{} {}", column, cell->second));
  }
  return more.empty() ? record.label : fmt::format("{} ({})", record.label, fmt::join(more, ", "));
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
      Line(0, "           the whole value goes to the dead letter topic, as it is");
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
    const std::string where = seen.in_text ? "inside, as text: " : seen.wrappers > 0 ? "inside: " : "";
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

  void AddLoose(size_t indent, const std::vector<ExplainedDrop>& drops,
                const std::vector<Rejection>& failures) {
    for (const ExplainedDrop& drop : drops) Line(indent, "dropped    " + Dropped(drop));
    for (const Rejection& why : failures) {
      Line(indent, "rejected   " + Rejected(why));
      ++failed_;
    }
  }

  void AddElement(const ExplainedObject& object, size_t number) {
    const decode::DialectFacts& facts = decode::FactsOf(*object.dialect);
    const std::string_view noun = facts.element;
    const ExplainedElement& element = object.elements[number];
    const bool may_be_in_key =
        std::ranges::find(facts.node, decode::Place::In::kKey, &decode::Place::in) != facts.node.end();
    Line(0, fmt::format("\n{} {}{}", noun, number + 1,
                        IsAsBefore(element) ? "   (node and time as before)" : ""));
    AddPaths(element.paths);
    for (const ExplainedSample& sample : element.samples) AddSample(sample);
    for (const ExplainedDrop& drop : element.drops) Line(2, "dropped    " + Dropped(drop));
    if (!element.rejection) return;
    ++failed_;
    Line(2, "rejected   " + Rejected(*element.rejection));
    Line(2, fmt::format("           the {} goes to the dead letter topic, and gives no records", noun));
    if (may_be_in_key && element.rejection->kind == RejectKind::kMissingNode) {
      Line(2, "           in Kafka, the message's key may name the node: try --key");
    }
  }

  void AddPaths(const std::vector<decode::Origins::Written>& paths) {
    if (paths == before_.paths) return;
    before_.paths = paths;
    for (const auto& path : paths) AddLine("path", {path.text, path.origin});
  }

  bool IsAsBefore(const ExplainedElement& element) const {
    if (element.samples.empty() || before_.time.text.empty()) return false;
    const ExplainedSample& first = element.samples.front();
    return IsSame(first.node, before_.node) && IsSame(first.node_namespace, before_.node_namespace) &&
           IsSame(first.time, before_.time);
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

  void AddSample(const ExplainedSample& sample) {
    AddFact("node", sample.node, before_.node);
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
    std::string sum =
        fmt::format("\nin all     {} record{}", told_.records.size(), told_.records.size() == 1 ? "" : "s");
    if (failed_ > 0) sum += fmt::format(", {} rejected", failed_);
    if (told_.silent_nodes > 0) {
      sum +=
          fmt::format("; {} node record{} left out, since nothing is said of the node (NODE_RECORDS=facts)",
                      told_.silent_nodes, told_.silent_nodes == 1 ? "" : "s");
    }
    Line(0, sum);
  }

  struct Before {
    std::vector<decode::Origins::Written> paths;
    ExplainedText node, node_namespace, time;
  };

  const Explanation& told_;
  std::string text_;
  Before before_;
  size_t failed_ = 0;
};

}  // namespace

std::string ExplainText(std::string_view title, const Explanation& told) {
  return Text(told).Take(title);
}

}  // namespace ntsp::app
