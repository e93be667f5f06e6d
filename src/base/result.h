// One error type for the whole program. The kind says what the caller must do; the text says what is wrong,
// where, and what to do about it, and is written for the person who will read it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace ntsp {

enum class ErrorKind {
  kRetry,   // it may succeed when tried again: outages, timeouts, throttling
  kReject,  // this input will never succeed: give it back, count it, go on with the next
  kStop,    // nothing will succeed until a person changes something: end with a clear message
};

struct Error {
  ErrorKind kind = ErrorKind::kStop;
  std::string message;
};

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;

inline Failure Retry(std::string message) {
  return Failure(Error{ErrorKind::kRetry, std::move(message)});
}
inline Failure Reject(std::string message) {
  return Failure(Error{ErrorKind::kReject, std::move(message)});
}
inline Failure Stop(std::string message) {
  return Failure(Error{ErrorKind::kStop, std::move(message)});
}

}  // namespace ntsp

// Returns the error of `expression` from the enclosing function, or goes on.
#define NTSP_TRY(expression)                                 \
  do {                                                       \
    if (auto ntsp_tried = (expression); !ntsp_tried) {       \
      return ::ntsp::Failure(std::move(ntsp_tried).error()); \
    }                                                        \
  } while (false)

#define NTSP_CONCAT_INNER(a, b) a##b
#define NTSP_CONCAT(a, b) NTSP_CONCAT_INNER(a, b)

// NTSP_ASSIGN(auto value, Call()): declares or assigns the value, or returns the error.
#define NTSP_ASSIGN(target, expression) \
  NTSP_ASSIGN_INNER(NTSP_CONCAT(ntsp_result_, __LINE__), target, expression)
#define NTSP_ASSIGN_INNER(result, target, expression)             \
  auto result = (expression);                                     \
  if (!result) return ::ntsp::Failure(std::move(result).error()); \
  target = std::move(*result)
