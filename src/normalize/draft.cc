#include "normalize/draft.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "normalize/value.h"

namespace ntsp::normalize {
namespace {

// A sample makes at most a node, an interface, a subinterface and an address.
constexpr uint32_t kMaxRowsOfSample = 4;
constexpr size_t kLongestShown = 128;  // of a text from outside in an error
constexpr std::array kRecordObjects = {Object::kInterface, Object::kSubinterface, Object::kAddress};
constexpr std::array kFactObjects = {Object::kNode, Object::kCpu, Object::kComponent};

// What these leaves say is of use only beside what else is said of the object.
constexpr bool OpensNothing(const LeafTarget& target) {
  // A component's name and type say whether its other leaves count; alone they are no facts.
  if (target.object == Object::kComponent) return true;
  return target.object == Object::kAddress && target.rule == Rule::kInterfaceName;
}

constexpr bool IsFacts(Object object) {
  return object <= Object::kComponent;
}

Timestamp TimeOf(const Sample& sample, Timestamp received_at) {
  if (!sample.time || sample.time->micros <= 0 || *sample.time > kLatest) return received_at;
  return *sample.time;
}

Rejection Located(Rejection why, const Sample& sample) {
  std::string where(CutUtf8(sample.path->text, kLongestShown));
  if (!sample.node.empty()) where.append(" of node ").append(CutUtf8(sample.node, kLongestShown));
  why.message = where + ": " + why.message;
  return why;
}

}  // namespace

void Draft::StartMessage(Timestamp received_at, Samples& samples, Records& out) {
  received_at_ = std::clamp(received_at, kEarliest, kLatest);
  samples_ = &samples;
  out_ = &out;
}

void Draft::Start(bool has_many) {
  mark_ = out_->Here();
  drops_mark_ = samples_->drops.size();
  has_many_ = has_many;
  mentions_.clear();
  facts_of_.clear();
  if (facts_.size() > 0) facts_.Clear();
  if (has_many) objects_.Clear();
}

std::optional<Rejection> Draft::Add(const Sample& sample) {
  sample_ = &sample;
  time_ = TimeOf(sample, received_at_);
  identity_ = keys_.Read(samples_->KeysOf(sample));
  has_mentioned_ = false;
  other_subsystem_ = nullptr;
  open_ = 0;
  sample_mark_ = out_->size();
  out_->Reserve(kMaxRowsOfSample);
  facts_.Reserve(static_cast<uint32_t>(kFactObjects.size()));
  if (watch_ != nullptr) watch_->OnSample(sample, identity_, time_);
  if (sample.deleted) return AddDeleted(sample);
  if (watch_ == nullptr) {
    ReadLeaves(sample, [](const Leaf&, const LeafTarget&, Fate) {});
  } else {
    ReadLeaves(sample, [this](const Leaf& leaf, const LeafTarget& target, Fate fate) {
      const auto object = static_cast<size_t>(target.object);
      watch_->OnLeaf(leaf, target, fate, fate == Fate::kFilled ? slots_[object].record : nullptr);
    });
  }
  return Close(sample);
}

template <typename OnLeaf>
void Draft::ReadLeaves(const Sample& sample, const OnLeaf& on_leaf) {
  using Action = LeafTarget::Action;
  lookup_.StartSample(*sample.path, NamedByKeys(identity_));
  for (const Leaf& leaf : samples_->LeavesOf(sample)) {
    if (leaf.value.kind == Scalar::Kind::kNull) {
      on_leaf(leaf, LeafTarget{}, Fate::kNull);
      continue;
    }
    const LeafTarget& target = lookup_.Find(leaf, out_->arena());
    switch (target.action) {
      case Action::kColumn:
        on_leaf(leaf, target, Fill(target, leaf.value));
        break;
      case Action::kExtra:
        AddExtra(target.object, target.extra_name, leaf.value);
        on_leaf(leaf, target, Fate::kExtra);
        break;
      case Action::kIgnored:
        on_leaf(leaf, target, Fate::kIgnored);
        break;
      case Action::kOtherSubsystem:
        if (other_subsystem_ == nullptr) other_subsystem_ = leaf.container;
        on_leaf(leaf, target, Fate::kOtherSubsystem);
        break;
    }
  }
}

Fate Draft::Fill(const LeafTarget& target, const Scalar& value) {
  if (IsIdentity(target.rule)) {
    const bool is_news = TakeLeaf(target.object, target.rule, value, identity_);
    if (!OpensNothing(target)) Open(target.object);
    return is_news ? Fate::kIdentity : Fate::kIdentityKnown;
  }
  Record& record = *Open(target.object).record;
  if (target.fallback && record.Has(target.column)) return Fate::kUnneeded;
  switch (ReadValue(target.rule, value, target.column, record, out_->arena())) {
    case Reading::kValue:
      return Fate::kFilled;
    case Reading::kNone:
      return Fate::kNoValue;
    case Reading::kUnreadable:
      break;
  }
  out_->CountUnreadable();
  AddExtra(target.object, target.extra_name, value);
  return Fate::kUnreadable;
}

void Draft::AddExtra(Object object, std::string_view name, const Scalar& value) {
  const Slot& slot = Open(object);
  if (!keep_extra_) return;
  // The name is the lookup's, which may forget it before these records go.
  (IsFacts(object) ? facts_ : *out_).AddExtra(slot.row, {out_->arena().Copy(name), value.text});
}

std::optional<Rejection> Draft::AddDeleted(const Sample& sample) {
  const auto object = lookup_.ListEntry(*sample.path);
  if (!object) {
    DropSample(DropKind::kOtherSubsystem, *sample.path);
    return std::nullopt;
  }
  Open(*object).record->Set(column::kDeleted, uint64_t{1});
  return Close(sample);
}

std::optional<Rejection> Draft::Close(const Sample& sample) {
  CloseFacts();
  if (other_subsystem_ != nullptr) {
    DropSample(DropKind::kOtherSubsystem, *other_subsystem_);
  } else if (open_ == 0) {
    DropSample(DropKind::kEmptyEvent, *sample.path);
  }
  if (open_ == 0) return std::nullopt;
  if (sample.node.empty()) {
    return Located({RejectKind::kMissingNode, "no node is named, neither here nor in the envelope"}, sample);
  }
  if (IsOpen(Object::kAddress) && IsUnassigned(identity_)) RemoveUnassigned(sample);
  for (Object object : kRecordObjects) {
    if (!IsOpen(object)) continue;
    if (auto why = CloseRecord(object)) return Located(std::move(*why), sample);
  }
  if (has_many_) Unite();
  return std::nullopt;
}

Draft::Slot& Draft::Open(Object object) {
  if (!IsOpen(object)) OpenFirst(object);
  return slots_[static_cast<size_t>(object)];
}

void Draft::OpenFirst(Object object) {
  open_ |= 1u << static_cast<unsigned>(object);
  Slot& slot = slots_[static_cast<size_t>(object)];
  if (IsFacts(object)) {
    slot.row = facts_.size();
    slot.record = &facts_.Add(Table::kNode);
    return;
  }
  MentionNode();  // its record goes before
  slot.row = out_->size();
  slot.record = &out_->Add(object == Object::kAddress ? Table::kAddress : Table::kInterface);
  SetCommon(*slot.record);
}

void Draft::MentionNode() {
  if (has_mentioned_ || sample_->node.empty()) return;
  has_mentioned_ = true;
  const uint32_t number = nodes_.Find(sample_->node_namespace, sample_->node);
  mentions_.push_back({number, time_});
  Nodes::Node& node = nodes_[number];
  if (node.row != Nodes::kNoRow) return;
  node.row = out_->size();
  node.latest = time_;
  SetCommon(out_->Add(Table::kNode));
}

void Draft::SetCommon(Record& record) const {
  const Envelope& envelope = samples_->envelopes[samples_->elements[sample_->element].envelope];
  record.Set(column::kTimestamp, time_);
  record.Set(column::kReceivedAt, received_at_);
  record.Set(column::kNodeName, sample_->node);
  if (!sample_->node_namespace.empty()) record.Set(column::kNamespace, sample_->node_namespace);
  record.Set(column::kSourceFormat, DialectName(envelope.dialect));
}

void Draft::CloseFacts() {
  for (Object object : kFactObjects) {
    if (!IsOpen(object)) continue;
    const bool is_whole = IsWholeNode(object, identity_);
    if (watch_ != nullptr) watch_->OnFacts(object, is_whole);
    if (!is_whole) {
      open_ &= ~(1u << static_cast<unsigned>(object));
      if (other_subsystem_ == nullptr) other_subsystem_ = sample_->path;
      continue;
    }
    if (sample_->node.empty()) continue;
    MentionNode();
    facts_of_.push_back({mentions_.back().node, slots_[static_cast<size_t>(object)].row});
  }
}

std::optional<Rejection> Draft::CloseRecord(Object object) {
  const Slot& slot = slots_[static_cast<size_t>(object)];
  const Scalar* unread_length = nullptr;
  auto why = Identify(object, identity_, *slot.record, out_->arena(), unread_length);
  if (watch_ != nullptr) watch_->OnRow(object, slot.row);
  if (unread_length != nullptr) {
    if (watch_ != nullptr) watch_->OnUnreadLength(*unread_length);
    out_->CountUnreadable();
    AddExtra(object, "prefix_length", *unread_length);
  }
  return why;
}

// An interface without an address: what else was said of the address is of nothing.
void Draft::RemoveUnassigned(const Sample& sample) {
  const uint32_t row = slots_[static_cast<size_t>(Object::kAddress)].row;
  if (watch_ != nullptr) watch_->OnUnassigned();
  open_ &= ~(1u << static_cast<unsigned>(Object::kAddress));
  out_->Remove(row, [row](uint32_t r) { return r == row; });
  for (Object object : kRecordObjects) {
    Slot& slot = slots_[static_cast<size_t>(object)];
    if (IsOpen(object) && slot.row > row) slot = {&out_->row(slot.row - 1), slot.row - 1};
  }
  if (open_ == 0) DropSample(DropKind::kEmptyEvent, *sample.path);
}

// One object that several samples of the element speak of is one record: the first's, with what the later say
// on top.
void Draft::Unite() {
  for (uint32_t row = sample_mark_; row < out_->size();) {
    Record& record = out_->row(row);
    if (record.table == Table::kNode) {
      ++row;
      continue;
    }
    const size_t hash = ObjectHash(record);
    const uint32_t first = objects_.Find(hash, [&](uint32_t r) { return SameObject(out_->row(r), record); });
    if (first == HashIndex::kNone) {
      objects_.Insert(hash, row++);
      continue;
    }
    if (watch_ != nullptr) watch_->OnUnited(row, first);
    KeepPrefixLength(out_->row(first), record);
    out_->Merge(*out_, row, first);
    out_->Remove(row, [&](uint32_t r) { return r == row; });
  }
}

void Draft::DropSample(DropKind kind, const Path& path) {
  samples_->drops.push_back({kind, path.text, sample_->element});
}

void Draft::Publish() {
  for (const Mention& mention : mentions_) {
    Timestamp& latest = nodes_[mention.node].latest;
    latest = std::max(latest, mention.time);
  }
  for (const Facts& facts : facts_of_) {
    Nodes::Node& node = nodes_[facts.node];
    out_->Merge(facts_, facts.row, node.row);
    if (facts_.row(facts.row).present != 0 || facts_.HasExtra(facts.row)) node.has_facts = true;
  }
}

void Draft::TakeBack() {
  for (const Mention& mention : mentions_) {
    Nodes::Node& node = nodes_[mention.node];
    if (node.row != Nodes::kNoRow && node.row >= mark_.rows) node.row = Nodes::kNoRow;
  }
  out_->BackTo(mark_);
  samples_->drops.resize(drops_mark_, Drop{DropKind::kEmptyEvent, {}, {}});
}

}  // namespace ntsp::normalize
