// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/json_fields.hpp"

#include <algorithm>

namespace gtp::dump {

void JsonFields::flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) {
  std::array<std::string_view, 128> set;
  std::size_t count = 0;
  for (const wire::FlagBit& bit : table) {
    if (bit.octet >= octets.size() || count == set.size()) continue;
    if ((load_u8(octets.data() + bit.octet) >> (bit.bit - 1) & 1) != 0) set[count++] = bit.key;
  }
  std::sort(set.begin(), set.begin() + static_cast<std::ptrdiff_t>(count));
  key(field);
  out_.put('[');
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) out_.put(',');
    out_.put('"');
    out_.put(set[i]);
    out_.put('"');
  }
  out_.put(']');
}

void JsonFields::note(std::string_view text) {
  if (note_count_ < notes_.size()) notes_[note_count_++] = text;
}

void JsonIes::begin_ie(const wire::Ie& ie) {
  // A group's first element closes nothing: groups have no value of their own before their elements.
  Level& parent = levels_[level_];
  if (parent.has_value) {
    out_.put('}');
    parent.has_value = false;
    first_ = false;
  }
  if (!parent.has_ies) {
    out_.put(",\"ies\":[");
    parent.has_ies = true;
  } else {
    out_.put(',');
  }
  out_.put("{\"type\":");
  out_.put_dec(ie.type);
  out_.put(",\"name\":\"");
  out_.put(ie.info != nullptr ? ie.info->key : std::string_view("unknown"));
  out_.put('"');
  if (protocol_ == wire::Protocol::gtpv2_c) {
    out_.put(",\"instance\":");
    out_.put_dec(ie.instance);
  }
  // "length" is the octets of the value. Of a cut element that is not known to anybody; what it claimed is in its
  // notes.
  if (ie.cut) {
    out_.put(",\"truncated\":true");
  } else if (ie.has_length) {
    out_.put(",\"length\":");
    out_.put_dec(ie.length);
  }
  ++level_;
  levels_[level_] = {};
}

void JsonIes::before_field() {
  Level& level = levels_[level_];
  if (level.has_value) return;
  out_.put(",\"value\":{");
  level.has_value = true;
  first_ = true;
}

void JsonIes::end_ie(const wire::Ie& ie, bool short_value) {
  Level& level = levels_[level_];
  if (level.has_value) out_.put('}');
  if (level.has_ies) out_.put(']');
  if (raw_ && !ie.value.empty()) {
    out_.put(",\"raw\":\"");
    out_.put_octets(ie.value);
    out_.put('"');
  }
  if (short_value) note("value is cut");
  put_notes(ie);
  out_.put('}');
  --level_;
  first_ = false;
}

void JsonIes::put_notes(const wire::Ie& ie) {
  const bool claim = ie.cut && ie.has_length;
  if (note_count_ == 0 && !claim) return;
  out_.put(",\"notes\":[");
  if (claim) {
    out_.put("\"length ");
    out_.put_dec(ie.length);
    out_.put(", but only ");
    out_.put_dec(ie.value.size());
    out_.put(ie.value.size() == 1 ? " octet is there\"" : " octets are there\"");
  }
  for (std::size_t i = 0; i < note_count_; ++i) {
    if (i != 0 || claim) out_.put(',');
    out_.put_json_string(notes_[i]);
  }
  out_.put(']');
  note_count_ = 0;
}

void JsonIes::finish() {
  if (levels_[0].has_ies) out_.put(']');
}

}  // namespace gtp::dump
