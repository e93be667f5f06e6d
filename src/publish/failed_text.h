// The text of what failed, in the dialect's own shape: each envelope is copied as it was sent, and the
// elements that did not fail are taken out of it. Works for any nesting of lists, because only text between
// elements is kept. An envelope that stood as text in a wrapper is put back into it as text.
#pragma once

#include "base/buffer.h"
#include "model/sample.h"

namespace ntsp::publish {

// Appends a JSON array: the envelopes with failed elements in the order of the message, each once, reduced to
// those elements; envelopes that could not be taken apart as they are. Pure. REQUIRES: the raw texts are
// JSON, and those of an envelope and its elements slices of one buffer.
void AppendFailed(const Samples& samples, Buffer& out);

}  // namespace ntsp::publish
