// Decodes and normalizes as the service does, and watches.
#pragma once

#include <span>

#include "app/explanation.h"
#include "decode/decoder.h"
#include "model/raw_message.h"
#include "normalize/normalizer.h"

namespace ntsp::app {

// Not thread-safe.
class Explainer : private normalize::Watch {
 public:
  explicit Explainer(const normalize::Options& options,
                     std::span<const normalize::PathRow> rows = normalize::BuiltinRows());

  Explanation Explain(const RawMessage& message);

 private:
  struct Row {
    uint32_t element, sample;  // of the element's
    normalize::Object object;
    uint32_t row;
  };

  void OnSample(const Sample& sample, const normalize::Identity& identity, Timestamp time) override;
  void OnLeaf(const Leaf& leaf, const normalize::LeafTarget& target, normalize::Fate fate,
              const Record* record) override;
  void OnUnreadLength(const Scalar& length) override;
  void OnRow(normalize::Object object, uint32_t row) override;
  void OnFacts(normalize::Object object, bool counted) override;
  void OnUnassigned() override;
  void OnUnited(uint32_t from, uint32_t into) override;
  void OnRemoved(uint32_t row) override;

  void AddObjects();
  void AddElements(decode::Origins& origins);
  void AddFailures();
  void AddDrops();
  void AddRecords();
  void PlaceLeaves();
  ExplainedObject* ObjectAt(size_t decode::SamplesMark::*place, size_t index);
  ExplainedElement& Element(uint32_t element);
  ExplainedSample& sample() { return Element(element_).samples.back(); }

  const bool keep_extra_;
  decode::Decoder decoder_;
  normalize::Normalizer normalizer_;
  Samples samples_;
  normalize::Records records_;

  // Of the message.
  Explanation told_;
  decode::Trace trace_;
  decode::Origins* origins_ = nullptr;
  std::vector<std::pair<size_t, size_t>> places_;  // of elements: object, and which of its elements
  std::vector<Row> rows_;
  uint32_t element_ = 0;  // the last that OnSample named
};

}  // namespace ntsp::app
