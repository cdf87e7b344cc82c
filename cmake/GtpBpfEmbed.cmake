# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -DOBJECT=FILE -DHEADER=FILE -DCONSTANT=NAME -P GtpBpfEmbed.cmake: the octets of a file as a C++ header.
file(READ ${OBJECT} octets HEX)
string(REGEX REPLACE "(..)" "0x\\1," octets "${octets}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "  \\1\n"
  octets "${octets}")
file(WRITE ${HEADER} "// Made from ${CONSTANT}'s source by cmake/GtpBpfEmbed.cmake.
#pragma once

namespace gtp::bpf {

// As libbpf wants an ELF file in memory.
alignas(8) inline constexpr unsigned char ${CONSTANT}[] = {
${octets}
};

}  // namespace gtp::bpf
")
