// A handle of libcurl, and what all POSTs have in common. libcurl shows in .cc files only.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ntsp {

// What it refers to must live until the transfer is over.
struct CurlPost {
  const std::string& url;
  std::string_view body;
  std::chrono::milliseconds timeout;
  const std::string& ca_file;  // PEM; empty: the system's
  std::string& answer;
  size_t most_answer;  // bytes: more is taken and thrown away, for a wrong server may send anything
};

// Not thread-safe.
class CurlHandle {
 public:
  // To be called before all else. kStop if libcurl cannot start.
  Result<void> Start();
  // Forgets the transfer before, but keeps its connection. Dead peers are noticed, no signals are sent.
  void Prepare(const CurlPost& post);
  // libcurl's CURL*.
  void* get() const { return handle_.get(); }

 private:
  struct Cleanup {
    void operator()(void* handle) const;
  };
  struct Answer {
    std::string* text = nullptr;
    size_t most = 0;
  };
  static size_t Keep(char* data, size_t size, size_t count, void* answer);

  std::unique_ptr<void, Cleanup> handle_;
  Answer answer_;
};

}  // namespace ntsp
