// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/message.hpp"

#include <cstdio>

namespace gtp::output {
namespace {

// Names are in the user's character set and stay readable; what could drive a terminal does not stay: C0, DEL, and
// the UTF-8 form of C1.
void put_words(TextBuffer& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto u = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    const bool c1 = u == 0xc2 && next >= 0x80 && next <= 0x9f;
    if (c1) ++i;
    out.put(c1 || (u < 0x20 && u != '\n') || u == 0x7f ? '?' : text[i]);
  }
}

void put_line(TextBuffer& out, std::string_view program, std::string_view what, Role role, Style style) {
  style.put(out, Role::name, program);
  out.put(": ");
  const std::size_t first = what.find('\n');
  style.begin(out, role);
  put_words(out, what.substr(0, first));
  style.end(out, role);
  if (first != std::string_view::npos) put_words(out, what.substr(first));
  out.put('\n');
}

void write(const TextBuffer& text) { std::fwrite(text.view().data(), 1, text.size(), stderr); }

}  // namespace

ExitStatus exit_status(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::failed:
      return ExitStatus::failed;
    case ErrorCode::usage:
      return ExitStatus::usage;
    case ErrorCode::unsupported:
      return ExitStatus::unsupported;
    case ErrorCode::permission:
      return ExitStatus::permission;
    case ErrorCode::nothing:
    case ErrorCode::protocol:
      return ExitStatus::nothing;
  }
  return ExitStatus::failed;
}

void put_error(TextBuffer& out, std::string_view program, const Error& error, Style style) {
  put_line(out, program, error.what, Role::error, style);
  if (error.hint.empty()) return;
  out.put("  try: ");
  put_words(out, error.hint);
  out.put('\n');
}

void put_warning(TextBuffer& out, std::string_view program, std::string_view what, Style style) {
  put_line(out, program, what, Role::warn, style);
}

void print_error(std::string_view program, const Error& error, Style style) {
  TextBuffer out;
  put_error(out, program, error, style);
  write(out);
}

void print_warning(std::string_view program, std::string_view what, Style style) {
  TextBuffer out;
  put_warning(out, program, what, style);
  write(out);
}

}  // namespace gtp::output
