// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where packets go: pcap or pcapng, one file or a ring of files as tcpdump(1) writes them. Octets are copied into a
// buffer before write() returns. One thread at a time. After an Error nothing more is written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "libcommon/capture/source.hpp"

namespace gtp::capture {

class PacketWriter {
 public:
  virtual ~PacketWriter() = default;

  // [interface] is what [packet] was captured on. pcapng keeps it (renumbered in the order of first use, so several
  // sources can share a file); a pcap file has one link type, another one is an Error.
  virtual Result<void> write(const RawPacket& packet, const Interface& interface) = 0;

  // Hands what is buffered to the system, for readers at the other end of a pipe.
  virtual Result<void> flush() = 0;

  // Writes what is missing, a file header included, and closes. Without it the last packets are lost.
  virtual Result<void> close() = 0;

  // Octets of the present file.
  virtual std::uint64_t size() const = 0;

  // No more packets are wanted: the last file allowed by Rotation::files is complete. write() ignores them.
  virtual bool finished() const { return false; }
};

enum class FileFormat : std::uint8_t { pcap, pcapng };

struct WriterOptions {
  FileFormat format = FileFormat::pcap;
  // pcap only; pcapng always has nanoseconds. Without [link_type] also when the first packet's interface has them.
  bool nanoseconds = false;
  std::uint32_t snap_length = 262'144;  // pcap only; what its header says
  // pcap only. Known: the file header is there at once, for whoever reads along. Else it comes with the first packet.
  std::optional<packet::LinkType> link_type;
  std::string application;  // pcapng only: who wrote it, "gtpdump 1.0"
};

// tcpdump's -C, -G and -W; 0 is off.
//
//   bytes    before a packet, a file of more than these is closed; the next is FILE1, FILE2, …
//   seconds  a packet so long after the first one of the file starts a new file. The name is a strftime(3) format,
//            filled with local time. Unlike tcpdump's the clock is that of the packets, so a capture file can be cut
//            as well, and a file starts with its first packet.
//   files    with bytes: names get a number padded to the width of the last one, from 0 on, and start over;
//            with seconds alone: the writer is finished() after as many files.
//            With both, each period has its own ring (what tcpdump does; its manual says it is ignored).
struct Rotation {
  std::uint64_t bytes = 0;
  std::uint64_t seconds = 0;
  std::uint32_t files = 0;
};

// Opens [path], "-" for standard output. With Rotation::seconds the first file is made by the first packet.
Result<std::unique_ptr<PacketWriter>> create_writer(const std::string& path, const WriterOptions& options);
Result<std::unique_ptr<PacketWriter>> create_writer(const std::string& path, const WriterOptions& options,
                                                    const Rotation& rotation);

// Whoever read our output has had enough ("| head"): no failure.
inline bool is_closed_pipe(const Error& error) noexcept { return error.system == EPIPE; }

}  // namespace gtp::capture
