// SPDX-License-Identifier: GPL-2.0-or-later
//
// A pcapng file.
#include "tests/fuzz/memory_stream.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  const Bytes file = std::as_bytes(std::span(data, size));
  fuzz::drain(capture::open_pcapng("fuzz", capture::BlockReader(fuzz::as_stream(file))));
  return 0;
}
