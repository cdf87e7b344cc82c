/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the flood's BPF program (xdp_flood.bpf.c) and its loader (xdp_flood.cpp) share: the values of three array maps.
 * Plain C for both. Numbers are in host order unless they say be; sums are those of the internet checksum over 16-bit
 * words as they lie in memory, which is the same in either byte order once it is written back.
 */
#ifndef GTPGEN_XDP_FLOOD_ABI_H
#define GTPGEN_XDP_FLOOD_ABI_H

#include <linux/types.h>

/* Octets of a frame up to the end of its stamp, at most: Ethernet, IPv6, UDP, GTP-U with QFI and number, IPv6, TCP. */
#define FLOOD_HEADERS 176

/*
 * What all packets of a run have in common. The octets are a frame whose TEID, sequence numbers, QFI, subscriber,
 * outer source port, stamp's tunnel and time are zeros and whose checksums are right for that; sums are the
 * complements of those checksums.
 */
struct flood_plan {
  __u8 octets[FLOOD_HEADERS];
  __u64 epoch_ns;    /* what stamps count from */
  __u64 deadline_ns; /* nothing leaves from then on */
  __u64 limit;       /* packets */
  __u32 stop;        /* not 0: nothing leaves any more */
  __u32 link;        /* interface index */
  __u32 tunnels;     /* entries of the table of tunnels */
  __u32 flows;
  __u32 tcp_payload; /* octets, by which TCP's numbers grow; 0: no TCP */
  __u32 udp_at;      /* places in the frame: outer UDP header, */
  __u32 gtp_at;
  __u32 addresses_at; /* inner addresses, */
  __u32 subscriber;   /* which is this far behind them: 0 or the width of an address */
  __u32 upper_at;
  __u32 checksum_at; /* of the inner upper layer */
  __u32 port_at;     /* of the subscriber, or the identifier of ICMP */
  __u32 stamp_at;
  __u16 ip_sum; /* inner IPv4 header */
  __u16 upper_sum;
  __u16 outer_sum;
  __u16 port;  /* of the first flow */
  __u16 magic; /* of the stamp, as it lies in memory, and run */
  __u16 run;
  __u16 unused;
  __u8 inner_v6;
  __u8 icmp;
  __u8 number_gtp; /* GTP-U sequence numbers */
  __u8 has_qfi;
};

/* A tunnel, in the order in which they send. */
struct flood_tunnel {
  __u8 subscriber[16]; /* IPv4: the first 4 */
  __u64 sequence;      /* of the next packet; afterwards, how many were sent */
  __u32 teid_be;
  __u32 stream; /* the stamp's tunnel */
  __u16 source_port_be;
  __u8 qfi;
  __u8 unused[5];
};

/* What one thread has sent; written by BPF only. */
struct flood_counts {
  __u64 packets; /* that were made */
  __u64 sent;    /* of them, those that the interface has taken */
  __u64 now_ns;  /* when it last looked at the clock; all ones: it shall look */
  __u32 next;    /* entry of the table of tunnels */
  __u32 thread;  /* who sends, as the kernel numbers it */
};

#endif
