#include "publish/failed_text.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/json_text.h"

namespace ntsp::publish {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

const char* End(std::string_view text) {
  return text.data() + text.size();
}
std::string_view Between(const char* begin, const char* end) {
  return {begin, static_cast<size_t>(end - begin)};
}

bool IsSame(std::string_view a, std::string_view b) {
  return a.data() == b.data() && a.size() == b.size();
}

// One piece of the array: an envelope with failed elements, or the text of one that could not be taken apart.
struct Piece {
  std::string_view raw;      // where it stands in the message
  const Envelope* envelope;  // null: `raw` is all there is
};

bool Before(const Piece& a, const Piece& b) {
  if (a.raw.data() != b.raw.data()) return std::less<>()(a.raw.data(), b.raw.data());
  return std::less<>()(a.envelope, b.envelope);
}

std::vector<Piece> Pieces(const Samples& samples) {
  std::vector<Piece> pieces;
  for (const FailedElement& failed : samples.failed) {
    if (!failed.element) {
      pieces.push_back({failed.raw, nullptr});
      continue;
    }
    const Envelope& envelope = samples.envelopes[samples.elements[*failed.element].envelope];
    pieces.push_back({envelope.wrapped.empty() ? envelope.raw : envelope.wrapped, &envelope});
  }
  std::stable_sort(pieces.begin(), pieces.end(), Before);
  const auto same = [](const Piece& a, const Piece& b) {
    const bool is_text = a.envelope != nullptr && !a.envelope->wrapped.empty();
    return IsSame(a.raw, b.raw) && (!is_text || a.envelope == b.envelope);
  };
  pieces.erase(std::unique(pieces.begin(), pieces.end(), same), pieces.end());
  return pieces;
}

std::vector<bool> FailedByElement(const Samples& samples) {
  std::vector<bool> failed(samples.elements.size());
  for (const FailedElement& one : samples.failed) {
    if (one.element) failed[*one.element] = true;
  }
  return failed;
}

// In the order of the text, which need not be the order in which the decoder met them.
std::vector<const Element*> ElementsOf(const Samples& samples, const Envelope& envelope) {
  // Several envelopes in one wrapper have its text for their own.
  auto number = static_cast<uint32_t>(&envelope - samples.envelopes.data());
  while (number > 0 && IsSame(samples.envelopes[number - 1].raw, envelope.raw)) --number;
  const auto first = std::ranges::lower_bound(samples.elements, number, {}, &Element::envelope);
  std::vector<const Element*> elements;
  for (const Element& element : std::span(first, samples.elements.end())) {
    if (!IsSame(samples.envelopes[element.envelope].raw, envelope.raw)) break;
    elements.push_back(&element);
  }
  std::ranges::sort(elements, std::less<>(), [](const Element* e) { return e->raw.data(); });
  return elements;
}

// Appends `gap`, the text behind an element that was left out, so that what stands around the hole is JSON
// again.
void AppendBehindHole(std::string_view gap, size_t piece_begin, Buffer& out) {
  const size_t last = out.view().find_last_not_of(kBlanks);
  const char before = last != out.view().npos && last >= piece_begin ? out.view()[last] : '\0';
  const size_t next = gap.find_first_not_of(kBlanks);
  if (before == ':') {
    out.Append("null");
  } else if (next != gap.npos && gap[next] == ',') {
    gap.remove_prefix(next + 1);
  } else if (before == ',') {
    out.Truncate(last);
  }
  out.Append(gap);
}

void AppendEnvelope(const Samples& samples, const Envelope& envelope, const std::vector<bool>& failed,
                    Buffer& out) {
  const size_t piece_begin = out.size();
  const char* rest = envelope.raw.data();
  bool hole = false;
  const auto append_gap = [&](const char* end) {
    const std::string_view gap = Between(rest, end);
    hole ? AppendBehindHole(gap, piece_begin, out) : out.Append(gap);
  };
  for (const Element* element : ElementsOf(samples, envelope)) {
    if (std::less<>()(element->raw.data(), rest))
      continue;  // inside the one before, and copied or left out with it
    append_gap(element->raw.data());
    hole = !failed[static_cast<size_t>(element - samples.elements.data())];
    if (!hole) out.Append(element->raw);
    rest = End(element->raw);
  }
  append_gap(End(envelope.raw));
}

// The same for one that stood as text in a wrapper, which is copied around it.
void AppendWrapped(const Samples& samples, const Envelope& envelope, const std::vector<bool>& failed,
                   Buffer& out) {
  Buffer text;
  AppendEnvelope(samples, envelope, failed, text);
  std::string quoted;
  AppendJsonString(quoted, text.view());
  out.Append(Between(envelope.wrapper.data(), envelope.wrapped.data()));
  out.Append(quoted);
  out.Append(Between(End(envelope.wrapped), End(envelope.wrapper)));
}

}  // namespace

void AppendFailed(const Samples& samples, Buffer& out) {
  const std::vector<bool> failed = FailedByElement(samples);
  out.Append('[');
  bool first = true;
  for (const Piece& piece : Pieces(samples)) {
    if (!first) out.Append(',');
    first = false;
    if (piece.envelope == nullptr) {
      out.Append(piece.raw);
    } else if (!piece.envelope->wrapped.empty()) {
      AppendWrapped(samples, *piece.envelope, failed, out);
    } else {
      AppendEnvelope(samples, *piece.envelope, failed, out);
    }
  }
  out.Append(']');
}

}  // namespace ntsp::publish
