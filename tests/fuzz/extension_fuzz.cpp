// SPDX-License-Identifier: GPL-2.0-or-later
//
// A chain of GTPv1 extension headers; the first octet is the first type. Then its octets as the content of each header
// that we know.
#include <cstddef>
#include <cstdint>

#include "libcommon/wire/extension_header.hpp"
#include "tests/fuzz/checking_sink.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  if (size == 0) return 0;
  const Bytes message = std::as_bytes(std::span(data, size));
  wire::ExtensionWalker walker(message, 1, data[0]);
  wire::ExtensionHeader extension;
  int count = 0;
  while (walker.next(extension)) {
    fuzz::require(++count <= wire::kMaxExtensionHeaders, "the chain is bounded");
    fuzz::require(walker.offset() <= size, "a header ends in the message");
  }
  const Bytes content = message.subspan(1);
  for (const wire::ExtensionInfo& info : wire::extension_table()) {
    if (info.decode == nullptr) continue;
    fuzz::CheckingSink sink(1, content.size());
    Cursor cursor(content, 1);
    info.decode(cursor, sink);
    sink.finish();
  }
  wire::PduSessionTag tag;
  fuzz::require(!wire::read_pdu_session_tag(content, tag) || tag.qfi < 64, "a QFI has six bits");
  return 0;
}
