// A target without libFuzzer: every file of a folder, and a fixed number of changes of each, the same in
// every run. Part of the ordinary build, so that no second compiler and no second build are needed to run it.
//   TARGET_fixed FOLDER CHANGES
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "json_mutator.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// The text of the last run, for whoever wants to repeat a finding.
std::string current;
const char* finding;

void Run(std::string_view text) {
  current = text;
  // In a block of exactly its size, so that a sanitizer sees a read beyond its end.
  const std::unique_ptr<uint8_t[]> data(new uint8_t[text.size()]);
  std::copy(text.begin(), text.end(), data.get());
  LLVMFuzzerTestOneInput(data.get(), text.size());
}

void KeepFinding() {
  std::ofstream(finding, std::ios::binary) << current;
  std::fprintf(stderr, "the input is in %s\n", finding);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace ntsp::fuzz;
  if (argc != 3) return std::fprintf(stderr, "usage: %s FOLDER CHANGES\n", argv[0]), 2;
  static const std::string name = std::string(argv[0]) + ".finding";
  finding = name.c_str();
  std::signal(SIGABRT, [](int) { KeepFinding(); });
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) files.insert(entry.path());
  size_t runs = 0;
  Random random(20'240'607);
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string seed(std::istreambuf_iterator<char>(in), {});
    Run(seed), ++runs;
    std::string text = seed;
    for (int change = std::atoi(argv[2]); change > 0; --change, ++runs) {
      text = random() % 4 == 0 ? MutateBytes(text, random) : MutateJson(text, random);
      Run(text);
      if (random() % 4 == 0 || text.size() > 4 * seed.size() + 1024) text = seed;
    }
  }
  std::printf("%zu files, %zu runs\n", files.size(), runs);
  return files.empty() ? 1 : 0;
}
