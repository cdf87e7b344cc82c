// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/hex.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "libcommon/wire/extension_header.hpp"
#include "libcommon/wire/null_sink.hpp"

namespace gtp::dump {
namespace {

using output::Role;

// A field starts at [offset] and goes to the next mark.
struct Mark {
  std::size_t offset;
  std::string_view name;
  int depth;
};
using Marks = std::vector<Mark>;

class MarkSink final : public wire::NullSink {
 public:
  explicit MarkSink(Marks& marks) noexcept : marks_(marks) {}
  void begin_ie(const wire::Ie& ie) override {
    marks_.push_back({ie.offset, ie.info != nullptr ? ie.info->key : std::string_view("unknown"), depth_++});
    end_ = ie.value_offset + ie.value.size();
  }
  void end_ie(const wire::Ie& ie, bool) override {
    --depth_;
    end_ = std::max(end_, ie.value_offset + ie.value.size());
  }
  std::size_t end() const noexcept { return end_; }

 private:
  Marks& marks_;
  int depth_ = 0;
  std::size_t end_ = 0;
};

// Marks of one message whose first octet is at [base] of the buffer that is shown.
void mark_layer(Marks& marks, const packet::Layer& layer, std::size_t base) {
  marks.push_back({base, wire::key(layer.header.protocol), 0});
  if (layer.header.next_extension_type != 0) {
    wire::ExtensionWalker walker(layer.message, layer.header.header_length, layer.header.next_extension_type);
    wire::ExtensionHeader extension;
    while (walker.next(extension)) {
      const wire::ExtensionInfo* info = wire::find_extension(extension.type);
      marks.push_back({base + extension.offset, info != nullptr ? info->key : std::string_view("extension"), 0});
    }
  }
  if (layer.inner.payload != packet::Inner::Payload::none) {
    marks.push_back({base + layer.header.body_offset, "t-pdu", 0});
    return;
  }
  MarkSink sink(marks);
  wire::visit_message(layer.header, layer.message, base, sink);
  if (sink.end() != 0 && sink.end() < base + layer.message.size()) marks.push_back({sink.end(), "trailing", 0});
}

void put_row(TextBuffer& out, Bytes octets, std::size_t offset, const Mark* mark, const output::Style& style) {
  constexpr std::size_t kRow = 16;
  out.put("  ");
  style.begin(out, Role::dim);
  out.put_hex(offset, 4);
  style.end(out, Role::dim);
  out.put(' ');
  for (std::size_t i = 0; i < kRow; ++i) {
    out.put(' ');
    if (i < octets.size()) {
      out.put_octets(octets.subspan(i, 1));
    } else {
      out.put("  ");
    }
  }
  out.put("  ");
  for (const std::byte b : octets) {
    const auto c = std::to_integer<char>(b);
    out.put(c >= 0x20 && c < 0x7f ? c : '.');
  }
  if (mark != nullptr) {
    out.fill(' ', kRow - octets.size() + 2 + 2 * static_cast<std::size_t>(mark->depth));
    style.begin(out, Role::name);
    out.put(mark->name);
    style.end(out, Role::name);
  }
  out.put('\n');
}

void put_rows(TextBuffer& out, Bytes octets, Marks& marks, const output::Style& style) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.offset < b.offset; });
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const std::size_t end = std::min(i + 1 < marks.size() ? marks[i + 1].offset : octets.size(), octets.size());
    for (std::size_t at = marks[i].offset; at < end; at += 16) {
      const Bytes row = octets.subspan(at, std::min<std::size_t>(16, end - at));
      put_row(out, row, at, at == marks[i].offset ? &marks[i] : nullptr, style);
    }
  }
}

bool lies_in(Bytes part, Bytes whole) noexcept {
  const std::less_equal<const std::byte*> before;
  return !part.empty() && before(whole.data(), part.data()) &&
         before(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace

void put_hex(TextBuffer& out, const Item& item, const output::Style& style) {
  Marks marks{{0, "outer headers", 0}};
  for (const packet::Layer& layer : item.packet.layers) {
    if (lies_in(layer.message, item.raw.octets)) {
      mark_layer(marks, layer, static_cast<std::size_t>(layer.message.data() - item.raw.octets.data()));
    }
  }
  put_rows(out, item.raw.octets, marks, style);
  for (const packet::Layer& layer : item.packet.layers) {
    if (lies_in(layer.message, item.raw.octets) || layer.message.empty()) continue;
    out.put("  reassembled:\n");
    Marks inside;
    mark_layer(inside, layer, 0);
    put_rows(out, layer.message, inside, style);
  }
}

}  // namespace gtp::dump
