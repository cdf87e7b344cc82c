// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_srvcc.hpp"

#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kClassmark2{"ms_classmark_2", "Mobile station classmark 2"};
constexpr FieldInfo kClassmark3{"ms_classmark_3", "Mobile station classmark 3"};
constexpr FieldInfo kCodecList{"supported_codec_list", "Supported codec list"};
constexpr FieldInfo kCodec{"codec", "Codec"};
constexpr FieldInfo kSystemId{"system_id", "System identification"};
constexpr FieldInfo kBitmap{"codec_bitmap", "Codec bitmap"};

std::size_t codec_octets(Cursor at) noexcept {
  at.skip(1);
  return std::size_t{2} + at.u8();
}

// TS 24.008, 10.5.4.32: | system identification | length (1) | bitmap | ...
void emit_codec_list(Cursor at, FieldSink& out) {
  if (at.empty()) return;
  out.begin_list(kCodecList, {at.offset(), at.remaining()});
  while (!at.empty()) {
    out.begin_object(kCodec, ahead(at, codec_octets(at)));
    emit_number(at, out, kSystemId, 1);
    emit_sized_octets(at, out, kBitmap);
    out.end_object();
  }
  out.end_list();
  if (at.failed()) out.note("the supported codec list ends inside an entry");
}

}  // namespace

void decode_additional_mm_context_for_srvcc(Cursor& value, FieldSink& out) {
  emit_sized_octets(value, out, kClassmark2);
  emit_sized_octets(value, out, kClassmark3);
  const std::size_t length = value.u8();
  emit_codec_list(value.sub(length), out);
}

}  // namespace gtp::wire::gtpv1
