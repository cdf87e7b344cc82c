// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/tree.hpp"

#include "gtpdump/print/hex.hpp"
#include "gtpdump/print/summary.hpp"
#include "gtpdump/print/tree_fields.hpp"
#include "gtpdump/print/words.hpp"
#include "libcommon/wire/extension_header.hpp"

namespace gtp::dump {
namespace {

using wire::Protocol;

struct HeaderFlag {
  Protocol protocol;
  std::uint8_t mask;
  std::string_view name;
};

constexpr HeaderFlag kHeaderFlags[] = {
    {Protocol::gtpv1_c, 0x04, "E"}, {Protocol::gtpv1_c, 0x02, "S"}, {Protocol::gtpv1_c, 0x01, "PN"},
    {Protocol::gtpv1_u, 0x04, "E"}, {Protocol::gtpv1_u, 0x02, "S"}, {Protocol::gtpv1_u, 0x01, "PN"},
    {Protocol::gtpv2_c, 0x10, "P"}, {Protocol::gtpv2_c, 0x08, "T"}, {Protocol::gtpv2_c, 0x04, "MP"},
    {Protocol::pfcp, 0x04, "FO"},   {Protocol::pfcp, 0x02, "MP"},   {Protocol::pfcp, 0x01, "S"},
    {Protocol::gtpv0, 0x01, "SNN"},
};

void put_header(TextBuffer& out, const packet::Layer& layer) {
  const wire::Header& h = layer.header;
  out.put("    Header: version ");
  out.put_dec(h.version);
  out.put(", flags 0x");
  out.put_hex(h.flags, 2);
  bool any = false;
  for (const HeaderFlag& flag : kHeaderFlags) {
    if (flag.protocol != h.protocol || (h.flags & flag.mask) == 0) continue;
    out.put(any ? std::string_view(" ") : std::string_view(" ("));
    out.put(flag.name);
    any = true;
  }
  if (any) out.put(')');
  if (h.has_type) word(out, ", message type ", h.message_type);
  if (h.has_length) word(out, ", length ", h.length);
  if (h.has_message_priority) word(out, ", message priority ", h.message_priority);
  if (layer.has_ports) {
    word(out, ", ports ", layer.src_port);
    word(out, " > ", layer.dst_port);
  }
  out.put('\n');
}

void put_extensions(TextBuffer& out, const packet::Layer& layer, TreeFields& fields) {
  if (layer.header.next_extension_type == 0) return;
  wire::ExtensionWalker walker(layer.message, layer.header.header_length, layer.header.next_extension_type);
  wire::ExtensionHeader extension;
  while (walker.next(extension)) {
    const wire::ExtensionInfo* info = wire::find_extension(extension.type);
    fields.begin_title(info != nullptr ? info->name : std::string_view("Unknown extension header"));
    out.put(" [type 0x");
    out.put_hex(extension.type, 2);
    word(out, ", length ", extension.length);
    out.put(']');
    fields.mark_title_end();
    if (info != nullptr && info->decode != nullptr && !extension.content.empty()) {
      Cursor content(extension.content, layer.offset + extension.offset + 1);
      info->decode(content, fields);
      if (content.failed()) fields.note("shorter than its fixed part");
    }
    fields.end_title();
  }
}

void put_inner(TextBuffer& out, const packet::Layer& layer) {
  const packet::Inner& in = layer.inner;
  if (in.payload == packet::Inner::Payload::none) return;
  out.put("    T-PDU:");
  put_inner_line(out, layer);
  if (in.has_protocol) {
    word(out, ", IPv", in.ip_version);
    word(out, ", DSCP ", in.dscp);
  }
  if (in.truncated) word(out, ", cut after ", in.octets.size());
  out.put('\n');
}

}  // namespace

void TreePrinter::print(const Item& item, TextBuffer& out) const {
  out.put_dec(item.frame);
  out.put(' ');
  stamp_.put(out, item);
  if (item.packet.layers.empty()) out.put("no GTP");
  for (std::size_t i = 0; i < item.packet.layers.size(); ++i) {
    const packet::Layer& layer = item.packet.layers[i];
    if (i != 0) out.put("  ");
    put_layer_line(out, item, i, style_);
    out.put('\n');
    put_header(out, layer);
    TreeFields fields(out, style_, layer.header.protocol, 4);
    put_extensions(out, layer, fields);
    wire::visit_message(layer.header, layer.message, layer.offset, fields);
    put_inner(out, layer);
  }
  if (item.packet.layers.empty()) out.put('\n');
  if (hex_) put_hex(out, item, style_);
}

}  // namespace gtp::dump
