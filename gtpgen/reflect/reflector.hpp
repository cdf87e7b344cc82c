// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reflector: threads that send back what they receive, turned around (turn_around.hpp). Echo Requests are answered;
// a G-PDU in a tunnel that the map does not know gets an Error Indication when `strict`, and otherwise nothing.
//
// Sockets are borrowed, one or more per thread. Counters are asked for as in Reception.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "gtpgen/receive/batch_reader.hpp"
#include "gtpgen/receive/mailbox.hpp"
#include "gtpgen/reflect/reply_queue.hpp"
#include "gtpgen/reflect/teid_map.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct ReflectorOptions {
  bool strict = false;  // Error Indications for unknown TEIDs
  bool answer_echo = true;
  bool plain = false;            // sockets carry the payload of inner packets, without GTP-U
  bool rows = true;              // UDP_SEGMENT
  std::uint16_t error_port = 0;  // where Error Indications go; 0: the G-PDU's source port
};

struct ReflectorCounts {
  std::uint64_t calls = 0;
  std::uint64_t messages = 0;
  std::uint64_t datagrams = 0;
  std::uint64_t g_pdus = 0;  // turned around
  std::uint64_t bytes_inner = 0;
  std::uint64_t unknown_teid = 0;
  std::uint64_t malformed = 0;
  std::uint64_t first_ns = 0;
  std::uint64_t last_ns = 0;
  std::uint64_t tx_packets = 0;
  std::uint64_t tx_octets = 0;
  std::vector<ErrorCount> tx_errors;
  SignallingReport gtp;

  void merge(const ReflectorCounts& other);
};

class Reflector {
 public:
  // [map] must outlive it.
  static Result<std::unique_ptr<Reflector>> start(const TeidMap& map, const ReflectorOptions& options,
                                                  const std::vector<int>& sockets, std::size_t threads);
  Reflector(const Reflector&) = delete;
  Reflector& operator=(const Reflector&) = delete;
  ~Reflector();

  ReflectorCounts snapshot();
  // Sends back what had come before, then ends.
  ReflectorCounts finish();

 private:
  class Worker;
  Reflector() = default;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace gtp::gen
