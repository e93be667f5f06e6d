#include "decode/cisco_envelope.h"

#include <algorithm>

namespace ntsp::decode {
namespace {

uint32_t AddEnvelope(Dialect dialect, Samples& out) {
  out.envelopes.push_back({.dialect = dialect});
  return static_cast<uint32_t>(out.envelopes.size() - 1);
}

}  // namespace

CiscoEnvelope::CiscoEnvelope(Dialect dialect, Context& context)
    : context_(context),
      message_{DialectName(dialect), {}, AddEnvelope(dialect, context.out), &context.paths.Intern("")},
      mark_(context.out) {}

void CiscoEnvelope::TakeRows(JsonCursor& in, ReadRows read) {
  Rows& rows = *std::ranges::find_if(
      kinds_, [read](const Rows& known) { return known.read == read || known.read == nullptr; });
  const bool is_first = std::ranges::all_of(kinds_, [](const Rows& known) { return known.read == nullptr; });
  read_again_ |= rows.read != nullptr || header_.node.empty() || header_.encoding_path.empty();
  rows = {read, in};
  if (read_again_) return in.Skip();
  if (is_first) {
    message_.header = header_;
    message_.path = &context_.paths.Intern(header_.encoding_path);
  }
  read(in, message_, context_);
}

void CiscoEnvelope::End(std::string_view raw) {
  if (read_again_ || header_ != message_.header) ReadAgain();
  Samples& out = context_.out;
  Envelope& envelope = out.envelopes[message_.envelope];
  envelope.raw = raw;
  envelope.node = header_.node;
  envelope.time = header_.time;
  if (!mark_.NothingSince(out)) return;
  const bool has_rows = kinds_.front().read != nullptr;
  out.drops.push_back({has_rows ? DropKind::kEmptyEvent : DropKind::kControl, header_.encoding_path});
}

void CiscoEnvelope::ReadAgain() {
  mark_.TakeBack(context_.out);
  message_.header = header_;
  message_.path = &context_.paths.Intern(header_.encoding_path);
  for (Rows& rows : kinds_) {
    if (rows.read != nullptr) rows.read(*rows.at, message_, context_);
  }
}

}  // namespace ntsp::decode
