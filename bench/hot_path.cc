// What a worker of stage 1 does with a message, without Kafka: decode, normalize, write as JSON. For a tool
// that counts instructions (bench/instructions.py).
//   hot_path DIALECT COUNT    as bench/messages.h names the dialects
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "decode/decoder.h"
#include "messages.h"
#include "normalize/normalizer.h"
#include "publish/output_messages.h"

namespace ntsp::bench {
namespace {

class HotPath {
 public:
  // Bytes of JSON; 0 if the message is not understood.
  size_t Run(const RawMessage& raw) {
    if (decoder_.Decode(raw, samples_)) return 0;
    normalizer_.Normalize(raw, decoder_.paths(), samples_, records_);
    if (!samples_.failed.empty() || output_.Frame(records_.records())) return 0;
    size_t bytes = 0;
    for (const publish::OutputMessage& message : output_.messages()) bytes += message.value.size();
    return bytes;
  }

 private:
  decode::Decoder decoder_;
  Samples samples_;
  normalize::Normalizer normalizer_{normalize::Options{}};
  normalize::Records records_;
  publish::OutputMessages output_{publish::Framing::kArray, 1'000'000};
};

int Main(std::string_view dialect, int64_t count) {
  for (const Message& message : Messages()) {
    if (message.name != dialect) continue;
    const RawMessage raw = {.topic = "network-data",
                            .partition = {3},
                            .offset = {42},
                            .received_at = {1'717'747'751'000'000},
                            .key = std::nullopt,
                            .value = message.value};
    HotPath path;
    size_t bytes = 0;
    while (count-- > 0) bytes = path.Run(raw);
    std::printf("%zu bytes in, %zu bytes out\n", message.value.size(), bytes);
    return bytes > 0 ? 0 : 1;
  }
  return 2;
}

}  // namespace
}  // namespace ntsp::bench

int main(int argc, char** argv) {
  return argc == 3 ? ntsp::bench::Main(argv[1], std::atoll(argv[2])) : 2;
}
