// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/tree_fields.hpp"

#include "gtpdump/print/words.hpp"

namespace gtp::dump {

using output::Role;

namespace {
constexpr int kIndent = 4;
constexpr std::size_t kMaxOctets = 64;  // of an opaque value on its line; -x shows all

void put_octets_short(TextBuffer& out, Bytes value) {
  out.put_octets(value.first(std::min(value.size(), kMaxOctets)));
  if (value.size() > kMaxOctets) word(out, "... ", value.size());
  if (value.size() > kMaxOctets) out.put(" octets");
}
}  // namespace

void TreeFields::end_head() {
  if (!head_open_) return;
  if (inlined_) {
    out_.truncate(head_end_);
    end_line();
    out_.put(inlined_line_);
    inlined_ = false;
  }
  end_line();
  head_open_ = false;
}

// Writes one field. While it is the only one of its element it stands behind the title.
template <typename Put>
void TreeFields::field_line(const wire::FieldInfo& field, Put put) {
  if (head_open_ && !inlined_) {
    out_.put(": ");
    const std::size_t start = out_.size();
    put();
    inlined_line_.assign(static_cast<std::size_t>(indent_), ' ');
    inlined_line_.append(field.label).append(": ").append(out_.view().substr(start));
    inlined_ = true;
    return;
  }
  end_head();
  begin_line(field.label);
  put();
  end_line();
}

void TreeFields::begin_line(std::string_view label) {
  margin();
  out_.put(label);
  out_.put(": ");
}

void TreeFields::number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) {
  field_line(field, [&] {
    const std::string_view name = field.names != nullptr ? field.names->find(value) : std::string_view{};
    style_.begin(out_, Role::value);
    if (!name.empty()) {
      out_.put(name);
      out_.put(" (");
    }
    if (field.format == wire::Format::hex) {
      out_.put("0x");
      out_.put_hex(value, field.digits == 0 ? 1 : field.digits);
    } else {
      out_.put_dec(value);
    }
    if (!name.empty()) out_.put(')');
    style_.end(out_, Role::value);
    if (!field.unit.empty()) {
      out_.put(' ');
      out_.put(field.unit);
    }
  });
}

void TreeFields::text(const wire::FieldInfo& field, std::string_view value, wire::Range) {
  field_line(field, [&] {
    style_.begin(out_, Role::value);
    out_.put_escaped(value);
    style_.end(out_, Role::value);
  });
}

void TreeFields::address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) {
  field_line(field, [&] {
    style_.begin(out_, Role::value);
    out_.put_address(value);
    style_.end(out_, Role::value);
  });
}

void TreeFields::octets(const wire::FieldInfo& field, Bytes value, wire::Range) {
  field_line(field, [&] { put_octets_short(out_, value); });
}

void TreeFields::flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) {
  end_head();
  begin_line(field.label);
  put_octets_short(out_, octets);
  end_line();
  indent_ += kIndent;
  for (const wire::FlagBit& bit : table) {
    if (bit.octet >= octets.size() || (load_u8(octets.data() + bit.octet) >> (bit.bit - 1) & 1) == 0) continue;
    margin();
    style_.begin(out_, Role::value);
    for (const char c : bit.key) out_.put(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    style_.end(out_, Role::value);
    if (!bit.name.empty()) {
      out_.put(' ');
      out_.put(bit.name);
    }
    end_line();
  }
  indent_ -= kIndent;
}

void TreeFields::open(const wire::FieldInfo& field) {
  end_head();
  margin();
  out_.put(field.label);
  end_line();
  indent_ += kIndent;
}

void TreeFields::close() {
  end_head();
  indent_ -= kIndent;
}

void TreeFields::note(std::string_view text) {
  end_head();
  margin();
  style_.begin(out_, Role::warn);
  out_.put("! ");
  out_.put(text);
  style_.end(out_, Role::warn);
  end_line();
}

void TreeFields::begin_title(std::string_view title) {
  end_head();
  margin();
  style_.begin(out_, Role::name);
  out_.put(title);
  style_.end(out_, Role::name);
  head_open_ = true;
  inlined_ = false;
  head_end_ = out_.size();
  indent_ += kIndent;
}

void TreeFields::end_title() {
  if (head_open_) {
    end_line();
    head_open_ = false;
    inlined_ = false;
  }
  indent_ -= kIndent;
}

void TreeFields::begin_ie(const wire::Ie& ie) {
  begin_title(ie.info != nullptr ? ie.info->name : std::string_view("Unknown element"));
  style_.begin(out_, Role::dim);
  word(out_, " [type ", ie.type);
  if (protocol_ == wire::Protocol::gtpv2_c && ie.instance != 0) word(out_, ", instance ", ie.instance);
  if (ie.has_length) word(out_, ", length ", ie.length);
  out_.put(']');
  style_.end(out_, Role::dim);
  head_end_ = out_.size();
}

void TreeFields::end_ie(const wire::Ie& ie, bool short_value) {
  const bool opaque = ie.info == nullptr || (ie.info->decode == nullptr && !ie.info->grouped);
  if (head_open_ && !inlined_ && opaque && !ie.value.empty()) {
    out_.put(": ");
    put_octets_short(out_, ie.value);
  }
  if (ie.cut)
    note(ie.has_length ? "cut: runs past the end of the message" : "of unknown length: the rest is not decoded");
  if (short_value) note("shorter than its fixed part");
  end_title();
}

}  // namespace gtp::dump
