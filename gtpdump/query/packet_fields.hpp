// SPDX-License-Identifier: GPL-2.0-or-later
//
// The fields of a packet by name: what filters test and --fields prints. One table (packet_schema) serves both, and the
// manual's list.
//
// A field may have several values: a packet has several layers, a message several F-TEIDs. They are offered in the
// order of the packet, outermost layer first. Fields that live in information elements are looked up only when asked.
#pragma once

#include <string_view>

#include "gtpdump/item.hpp"
#include "libcommon/filter/filter.hpp"
#include "libcommon/filter/schema.hpp"

namespace gtp::dump {

enum class PacketField : filter::FieldId {
  frame,
  time,
  length,
  captured_length,
  vlan,
  mpls,
  src,
  dst,
  peer,
  src_port,
  dst_port,
  port,
  protocol,
  version,
  type,
  teid,
  seid,
  sequence_number,
  qfi,
  imsi,
  msisdn,
  mei,
  apn,
  ue,
  cause,
  rat_type,
  ebi,
  restart_counter,
  inner_src,
  inner_dst,
  inner,
  inner_src_port,
  inner_dst_port,
  inner_port,
  inner_protocol,
  inner_length,
  session,
  response_time,
  request_frame,
  retransmission,
  malformed,
  fault,
  quoted,
  piggybacked,
  fragmented,
  depth,
  count_
};

const filter::Schema& packet_schema() noexcept;

// Receives the values of one field.
class ValueReceiver {
 public:
  virtual void number(std::uint64_t value) = 0;
  // An identifier that people read in hexadecimal; [digits] as in wire::FieldInfo.
  virtual void hexadecimal(std::uint64_t value, int digits) {
    static_cast<void>(digits);
    number(value);
  }
  virtual void text(std::string_view value) = 0;
  virtual void address(const IpAddress& value) = 0;
  virtual void enumerated(std::uint64_t code, std::string_view name) = 0;

 protected:
  ~ValueReceiver() = default;
};

void collect(const Item& item, PacketField field, ValueReceiver& out);

// Any field of any element by the names of gtp-json/1: collect_element(item, "bearer_qos", "qci", out).
void collect_element(const Item& item, std::string_view element, std::string_view field, ValueReceiver& out);

// The packet as a filter sees it.
class PacketSubject final : public filter::Subject {
 public:
  explicit PacketSubject(const Item& item) noexcept : item_(item) {}
  void values(filter::FieldId field, filter::Probe& probe) const override;

 private:
  const Item& item_;
};

}  // namespace gtp::dump
