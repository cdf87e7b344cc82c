// SPDX-License-Identifier: GPL-2.0-or-later
//
// Result<T>: a value, or why there is none. For failures that a user can cause or meet (a file that is not a capture,
// a missing right); broken invariants assert instead. An Error says what failed and why, and may carry one hint, which
// the programs print as `  try: …`.
#pragma once

#include <cassert>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace gtp {

// What kind of failure this is; the programs map it to their exit status (see each man page, EXIT STATUS).
enum class ErrorCode : unsigned char {
  failed,       // the operation did not work
  usage,        // the arguments make no sense
  unsupported,  // this kernel, file or build cannot do it
  permission,   // a right is missing
  nothing,      // there is nothing to work on
  protocol,     // what was read breaks a specification
};

struct Error {
  ErrorCode code = ErrorCode::failed;
  int system = 0;    // errno at the failure, 0 when the system was not involved
  std::string what;  // "capture.pcap: record 17 is cut short"
  std::string hint;  // "gtpdump -r - < capture.pcap", empty when there is no advice

  // An Error from errno: [what] gets ": " and the system's words appended.
  static Error from_errno(std::string what, int error = errno) {
    const ErrorCode code = error == EPERM || error == EACCES ? ErrorCode::permission : ErrorCode::failed;
    return {code, error, std::move(what) + ": " + std::strerror(error), {}};
  }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  T& value() & { return held(std::get_if<0>(&state_)); }
  const T& value() const& { return held(std::get_if<0>(&state_)); }
  T&& value() && { return std::move(held(std::get_if<0>(&state_))); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return held(std::get_if<1>(&state_)); }
  Error&& error() && { return std::move(held(std::get_if<1>(&state_))); }

 private:
  // Asking for what is not there is a mistake of the caller. The second line tells an optimiser that warns about null
  // pointers (GCC) what the first one says.
  template <typename U>
  static U& held(U* alternative) noexcept {
    assert(alternative != nullptr);
    if (alternative == nullptr) __builtin_unreachable();
    return *alternative;
  }

  std::variant<T, Error> state_;
};

// Success without a value.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return ok(); }
  const Error& error() const& { return assert(!ok()), *error_; }
  Error&& error() && { return assert(!ok()), std::move(*error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace gtp
