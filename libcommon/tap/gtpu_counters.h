/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the socket filter (gtpu_counters.bpf.c, C for the kernel's eBPF) and its
 * loader (tap.cpp) share: keys and values of the maps. Addresses and TEIDs are
 * as on the wire: network order, IPv4 in the first word.
 *
 *   counts4, counts6   {to, TEID, direction, inner family} -> packets, octets
 *   signals            {from, to, direction} -> messages that are no G-PDU
 *   losses             by enum gtpu_loss: what could not be counted
 */
#ifndef GTP_TAP_GTPU_COUNTERS_H
#define GTP_TAP_GTPU_COUNTERS_H

#include <linux/types.h>

enum {
  GTPU_OUT = 1,      /* sent by this host; else received */
  GTPU_INNER_V6 = 2, /* the packet inside is IPv6 */
};

struct gtpu_key4 {
  __u32 to;
  __u32 teid;
  __u32 flags;
};

struct gtpu_key6 {
  __u32 to[4];
  __u32 teid;
  __u32 flags;
};

enum {
  GTPU_LEARNED = 1, /* what follows is settled */
  GTPU_UP = 2,      /* from the subscriber, as far as one packet tells */
  GTPU_HAS_MS = 4,
  GTPU_HAS_QFI = 8,
};

/* 56 octets: a key and its value take 128 in the kernel. */
struct gtpu_count {
  __u64 packets;
  __u64 bytes;   /* of the packets inside */
  __u64 seen_ns; /* the last packet, CLOCK_MONOTONIC, some ms coarse */
  __u32 from[4]; /* who sent it */
  __u32 ms[2];   /* subscriber: IPv4, or the first half of IPv6 */
  __u8 info;
  __u8 qfi; /* of the packet it was learned from */
  __u16 reserved;
  __u32 made_ms; /* the first packet; wraps */
};

struct gtpu_pair {
  __u32 from[4]; /* IPv4 as ::ffff:a.b.c.d */
  __u32 to[4];
  __u32 flags;
};

struct gtpu_signals {
  __u64 echo_requests;
  __u64 echo_responses;
  __u64 error_indications;
  __u64 end_markers;
  __u64 others;
  __u64 seen_ns;
};

enum gtpu_loss {
  GTPU_NO_ROOM,   /* G-PDUs of a key that the full map did not take */
  GTPU_MALFORMED, /* lengths that do not fit, endless extension headers */
  GTPU_VERSION,   /* on port 2152, and not GTPv1 */
  GTPU_LOSSES
};

#endif
