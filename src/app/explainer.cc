#include "app/explainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "app/record_text.h"

namespace ntsp::app {
namespace {

using normalize::Fate;
using normalize::Identity;
using normalize::Object;

struct Use {
  const Scalar* Identity::*place;
  std::string_view text;
};

constexpr Use kUses[] = {
    {&Identity::interface_name, "names the interface"},
    {&Identity::subinterface_name, "names the subinterface"},
    {&Identity::subinterface_index, "says which subinterface"},
    {&Identity::address, "the address"},
    {&Identity::prefix_length, "the address's length"},
    {&Identity::netmask, "the address's length"},
    {&Identity::config_address, "the address, where state is silent"},
    {&Identity::config_prefix_length, "the address's length, where state is silent"},
    {&Identity::network_instance, "names the network instance"},
    {&Identity::cpu_index, "says which CPU"},
    {&Identity::component_name, "names the component"},
    {&Identity::component_type, "says what the component is"},
    {&Identity::bare_name, "names what the path is about"},
    {&Identity::bare_index, "says which one of what the path is about"},
};

std::string_view UseOf(const Scalar& key, const Identity& identity) {
  for (const Use& use : kUses) {
    if (identity.*use.place == &key) return use.text;
  }
  return {};
}

bool GoesToExtra(Fate fate) {
  return fate == Fate::kExtra || fate == Fate::kUnreadable;
}

ExplainedText TimeOf(const Sample& sample, Timestamp used, decode::Origins& origins) {
  if (sample.time == used) return {ToText(used), origins.OfTime(sample)};
  return {ToText(used), sample.time ? "the Kafka timestamp, since the message's own is no possible time"
                                    : "the Kafka timestamp, since the message has none"};
}

// Finds the record that each leaf is in, and whether a later one has taken its place there. Samples come in
// the order of the message.
class Placing {
 public:
  Placing(std::span<const Record> records, bool keep_extra) : keep_extra_(keep_extra) {
    for (uint32_t i = 0; i < records.size(); ++i) {
      const Record& record = records[i];
      if (record.table != Table::kNode) continue;
      std::string name_space(record.Has(column::kNamespace) ? record.Text(column::kNamespace) : "");
      nodes_.emplace(std::pair(std::move(name_space), record.Text(column::kNodeName)), i);
    }
  }

  void Start(ExplainedSample& sample) {
    sample_ = &sample;
    record_of_ = {};
    const auto node = nodes_.find({sample.node_namespace.text, sample.node.text});
    if (node == nodes_.end()) return;
    for (const Object object : {Object::kNode, Object::kCpu, Object::kComponent}) {
      record_of_[static_cast<size_t>(object)] = node->second;
    }
  }

  void SetRecord(Object object, uint32_t record) {
    const auto node = record_of_[static_cast<size_t>(Object::kNode)];
    if (node) Mention(*node);
    record_of_[static_cast<size_t>(object)] = record;
    sample_->records.push_back(record);
  }

  void PlaceLeaves() {
    // In the order in which later ones win: facts of a node are put together object by object.
    for (size_t object = 0; object < normalize::kObjectCount; ++object) {
      for (ExplainedLeaf& leaf : sample_->leaves) {
        if (static_cast<size_t>(leaf.target.object) == object) Place(leaf);
      }
    }
  }

 private:
  void Place(ExplainedLeaf& leaf) {
    const bool is_extra = GoesToExtra(leaf.fate);
    const bool is_said = leaf.fate == Fate::kFilled || (is_extra && keep_extra_);
    const bool is_facts = leaf.target.object <= Object::kComponent;
    const auto record = record_of_[static_cast<size_t>(leaf.target.object)];
    if (!leaf.counted || !record) return;
    if (is_facts && (is_said || is_extra || leaf.fate == Fate::kNoValue)) Mention(*record);
    if (!is_said) return;
    leaf.record = record;
    const std::string name = is_extra ? leaf.extra_name : std::to_string(leaf.target.column);
    ExplainedLeaf*& before = last_[{*record, is_extra, name}];
    if (before != nullptr) before->replaced = true;
    before = &leaf;
  }

  // A node's record stands where the node is first spoken of.
  void Mention(uint32_t node) {
    if (mentioned_.insert(node).second) sample_->records.insert(sample_->records.begin(), node);
  }

  const bool keep_extra_;
  std::map<std::pair<std::string, std::string>, uint32_t> nodes_;  // by namespace and name
  std::map<std::tuple<uint32_t, bool, std::string>, ExplainedLeaf*> last_;
  std::set<uint32_t> mentioned_;
  ExplainedSample* sample_ = nullptr;
  std::array<std::optional<uint32_t>, normalize::kObjectCount> record_of_;
};

}  // namespace

bool Explanation::HasFailed() const {
  const auto has_failed = [](const ExplainedObject& object) {
    return !object.failures.empty() ||
           std::ranges::any_of(object.elements, [](const auto& e) { return e.rejection.has_value(); });
  };
  return rejection || !failures.empty() || std::ranges::any_of(objects, has_failed);
}

Explainer::Explainer(const normalize::Options& options, std::span<const normalize::PathRow> rows)
    : keep_extra_(options.keep_extra), normalizer_(options, rows, this) {}

Explanation Explainer::Explain(const RawMessage& message) {
  told_ = {};
  trace_ = {};
  places_.clear();
  rows_.clear();
  told_.size = message.value ? message.value->size() : 0;
  told_.keep_extra = keep_extra_;
  told_.rejection = decoder_.Decode(message, samples_, &trace_);
  told_.packing = trace_.packing;
  told_.unpacked_size = trace_.unpacked_size;
  AddObjects();
  if (told_.rejection) return std::move(told_);
  decode::Origins origins(message, samples_, trace_);
  origins_ = &origins;
  AddElements(origins);
  normalizer_.Normalize(message, decoder_.paths(), samples_, records_);
  AddFailures();
  AddDrops();
  AddRecords();
  PlaceLeaves();
  return std::move(told_);
}

void Explainer::AddObjects() {
  for (const decode::Trace::Object& seen : trace_.objects) told_.objects.push_back({seen, {}, {}, {}, {}});
}

void Explainer::AddElements(decode::Origins& origins) {
  for (uint32_t i = 0; i < samples_.elements.size(); ++i) {
    const size_t at = static_cast<size_t>(origins.ObjectOf(i) - trace_.objects.data());
    ExplainedObject& object = told_.objects[at];
    object.dialect = samples_.envelopes[samples_.elements[i].envelope].dialect;
    places_.emplace_back(at, object.elements.size());
    object.elements.push_back({origins.PathOf(i), {}, {}, {}});
  }
}

ExplainedElement& Explainer::Element(uint32_t element) {
  const auto [object, place] = places_[element];
  return told_.objects[object].elements[place];
}

void Explainer::OnSample(const Sample& sample, const Identity& identity, Timestamp time) {
  element_ = sample.element;
  ExplainedSample& told = Element(element_).samples.emplace_back();
  told.path = sample.path->text;
  told.deleted = sample.deleted;
  if (!sample.node.empty()) told.node = {std::string(sample.node), origins_->OfNode(sample)};
  if (!sample.node_namespace.empty()) {
    told.node_namespace = {std::string(sample.node_namespace), origins_->OfNamespace(sample)};
  }
  told.time = TimeOf(sample, time, *origins_);
  for (const Key& key : samples_.KeysOf(sample)) {
    told.keys.push_back(
        {std::string(key.name), key.value.kind, std::string(key.value.text), UseOf(key.value, identity)});
  }
}

void Explainer::OnLeaf(const Leaf& leaf, const normalize::LeafTarget& target, Fate fate,
                       const Record* record) {
  ExplainedLeaf told{.container = leaf.container->text == sample().path ? "" : leaf.container->text,
                     .name = std::string(leaf.name),
                     .kind = leaf.value.kind,
                     .value = std::string(leaf.value.text),
                     .fate = fate,
                     .target = target,
                     .extra_name = GoesToExtra(fate) ? std::string(target.extra_name) : std::string(),
                     .cell = record == nullptr ? std::string() : CellText(*record, target.column)};
  told.target.extra_name = {};
  sample().leaves.push_back(std::move(told));
}

void Explainer::OnUnreadLength(const Scalar& length) {
  sample().leaves.push_back({.container = {},
                             .name = "prefix_length",
                             .kind = length.kind,
                             .value = std::string(length.text),
                             .fate = Fate::kUnreadable,
                             .target = {.action = normalize::LeafTarget::Action::kColumn,
                                        .object = Object::kAddress,
                                        .rule = normalize::Rule::kPrefixLength,
                                        .column = ColumnOf(Table::kAddress, "prefix_length")},
                             .extra_name = "prefix_length",
                             .cell = {}});
}

void Explainer::OnRow(Object object, uint32_t row) {
  rows_.push_back({element_, static_cast<uint32_t>(Element(element_).samples.size() - 1), object, row});
}

void Explainer::OnFacts(Object object, bool counted) {
  for (ExplainedLeaf& leaf : sample().leaves) {
    if (leaf.target.object == object) leaf.counted = counted;
  }
}

void Explainer::OnUnassigned() {
  for (ExplainedLeaf& leaf : sample().leaves) {
    if (leaf.target.object == Object::kAddress) leaf.counted = false;
  }
}

void Explainer::OnUnited(uint32_t from, uint32_t into) {
  for (Row& row : rows_) {
    if (row.row == from) {
      row.row = into;
    } else if (row.row > from) {
      --row.row;
    }
  }
}

void Explainer::OnRemoved(uint32_t row) {
  ++told_.silent_nodes;
  for (Row& known : rows_) {
    if (known.row > row) --known.row;
  }
}

// The innermost that `index` lies in.
ExplainedObject* Explainer::ObjectAt(size_t decode::SamplesMark::*place, size_t index) {
  const auto first = [place](const ExplainedObject& object) { return object.seen.from.*place; };
  auto after = std::ranges::upper_bound(told_.objects, index, {}, first);
  while (after != told_.objects.begin()) {
    if (index < (--after)->seen.to.*place) return &*after;
  }
  return nullptr;
}

void Explainer::AddFailures() {
  for (size_t i = 0; i < samples_.failed.size(); ++i) {
    const FailedElement& failed = samples_.failed[i];
    if (failed.element) {
      Element(*failed.element).rejection = failed.why;
      std::erase_if(rows_, [&](const Row& row) { return row.element == *failed.element; });
      continue;
    }
    ExplainedObject* const object = ObjectAt(&decode::SamplesMark::failed, i);
    (object == nullptr ? told_.failures : object->failures).push_back(failed.why);
  }
}

void Explainer::AddDrops() {
  for (size_t i = 0; i < samples_.drops.size(); ++i) {
    const Drop& drop = samples_.drops[i];
    ExplainedObject* const object = ObjectAt(&decode::SamplesMark::drops, i);
    auto& drops = drop.element ? Element(*drop.element).drops : object ? object->drops : told_.drops;
    drops.push_back({drop.kind, std::string(drop.path)});
  }
}

void Explainer::AddRecords() {
  for (const Record& record : records_.records()) {
    ExplainedRecord& told = told_.records.emplace_back();
    told.table = record.table;
    told.label = RecordLabel(record);
    ForEachColumn(record, [&](ColumnIndex c) {
      const bool is_own = c >= column::kCommonCount || c == column::kDeleted;
      if (is_own) told.cells.emplace_back(Columns(record.table)[c].name, CellText(record, c));
    });
  }
}

void Explainer::PlaceLeaves() {
  Placing placing(records_.records(), keep_extra_);
  size_t next_row = 0;
  for (uint32_t e = 0; e < places_.size(); ++e) {
    ExplainedElement& element = Element(e);
    if (element.rejection) continue;
    for (uint32_t s = 0; s < element.samples.size(); ++s) {
      placing.Start(element.samples[s]);
      for (; next_row < rows_.size() && rows_[next_row].element == e && rows_[next_row].sample == s;
           ++next_row) {
        placing.SetRecord(rows_[next_row].object, rows_[next_row].row);
      }
      placing.PlaceLeaves();
    }
  }
}

}  // namespace ntsp::app
