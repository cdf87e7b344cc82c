/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Generic netlink family "gtp": tunnels of a GTP-U endpoint.
 *
 * Below 64 (below 48 for IFLA_GTP_*) the names, numbers, types and meanings
 * are those of mainline Linux. From there on they are gtp-tools' own; a family
 * of version 1 or more has them, mainline's is version 0. gtp.yaml beside this
 * file describes all of it for tools.
 */
#ifndef _UAPI_LINUX_GTP_H_
#define _UAPI_LINUX_GTP_H_

#include <linux/types.h>

#define GTP_GENL_MCGRP_NAME	"gtp"
#define GTP_GENL_FAMILY_VERSION	1

enum gtp_genl_cmds {
	GTP_CMD_NEWPDP = 0,
	GTP_CMD_DELPDP,
	GTP_CMD_GETPDP,
	GTP_CMD_ECHOREQ,

	GTP_CMD_MAX,

	/* gtp-tools: request and dump of a link's counters */
	GTP_CMD_GETLINK = 64,
	/* gtp-tools: events only */
	GTP_CMD_ERROR_INDICATION,
	GTP_CMD_END_MARKER,
};

enum gtp_version {
	GTP_V0 = 0,
	GTP_V1,
};

enum gtp_attrs {
	GTPA_UNSPEC = 0,
	GTPA_LINK,		/* u32, interface index */
	GTPA_VERSION,		/* u32, enum gtp_version */
	GTPA_TID,		/* u64, GTPv0 */
	GTPA_PEER_ADDRESS,	/* be32 */
#define GTPA_SGSN_ADDRESS GTPA_PEER_ADDRESS
	GTPA_MS_ADDRESS,	/* be32 */
	GTPA_FLOW,		/* u16, GTPv0 */
	GTPA_NET_NS_FD,		/* u32, where the link is */
	GTPA_I_TEI,		/* u32, GTPv1: TEID of packets received */
	GTPA_O_TEI,		/* u32, GTPv1: TEID of packets sent */
	GTPA_PAD,
	GTPA_PEER_ADDR6,	/* 16 octets */
	GTPA_MS_ADDR6,		/* 16 octets, a /64 prefix */
	GTPA_FAMILY,		/* u8, address family inside the tunnel */
	__GTPA_MAX,

	/* gtp-tools */
	GTPA_REQUEST = 64,	/* u32, GTP_REQ_*; in requests */
	GTPA_STATS,		/* struct gtp_tunnel_stats */
	GTPA_TUNNEL_FLAGS,	/* u32, GTP_TUNNEL_* */
	GTPA_QFI,		/* u8, 0..63: send a PDU Session Container */
	GTPA_PDU_TYPE,		/* u8, of that container: 0 DL, 1 UL */
	GTPA_RX_QFI,		/* u8, last QFI received */
	GTPA_SINCE,		/* u64, dump filter: only generations above it */
	GTPA_GENERATION,	/* u64, of a link's last change */
	GTPA_TUNNELS,		/* u32, how many a link has */
	GTPA_LINK_COUNTERS,	/* nest of u64, enum gtp_link_counter */
	GTPA_SEQUENCE,		/* u16, of an echo or a signalling message */
	GTPA_RTT,		/* u64, ns, of an echo */
	GTPA_RECOVERY,		/* u8, the peer's restart counter */
	__GTPA_TOOLS_MAX,
};

#define GTPA_MAX	(__GTPA_MAX - 1)
#define GTPA_TOOLS_MAX	(__GTPA_TOOLS_MAX - 1)

/* GTPA_REQUEST: without these a request means what it means to mainline. */
#define GTP_REQ_COUNTERS	(1 << 0) /* GETPDP: answer with everything known */
#define GTP_REQ_RESET		(1 << 1) /* GETPDP: and set the counters to zero */
#define GTP_REQ_FILTER		(1 << 2) /* dump: LINK, PEER_*, SINCE select */
#define GTP_REQ_UPDATE		(1 << 3) /* NEWPDP: change what exists */

/* GTPA_TUNNEL_FLAGS */
#define GTP_TUNNEL_FLOW_PORT	(1 << 0) /* source port from the inner flow */

/*
 * GTPA_STATS. The layout is fixed and grows at its end only: a reader takes
 * what it knows, at most the attribute's length, and lets the rest be zero.
 *
 * Packets and octets are those inside the tunnel, each segment of a
 * super-packet with its headers. GTP_REQ_RESET takes off what it reports; times
 * and the generation stay. The 32-bit counters wrap.
 *
 * created_ns tells a tunnel from a later one of the same TEID. A tunnel's
 * generation changes with every change of it, and no two changes of any tunnel
 * have the same. A dump with NLM_F_DUMP_INTR in a header saw tunnels come, go
 * or change on the way; those that stayed appear in it once all the same. To
 * read on later: take a link's GTPA_GENERATION by GTP_CMD_GETLINK first, then
 * dump, and next time dump what is above it by GTPA_SINCE. Removed tunnels are
 * told by events only, or seen by GTPA_TUNNELS.
 */
struct gtp_tunnel_stats {
	__u64 rx_packets;
	__u64 rx_bytes;		/* octets */
	__u64 tx_packets;
	__u64 tx_bytes;		/* octets */
	__u64 rx_idle_ms;	/* since the last one; ~0: never one */
	__u64 tx_idle_ms;	/* in steps of a tick, as above */
	__u64 created_ns;	/* real time, since the epoch */
	__u64 generation;
	__u32 rx_drop_ms;	/* packets: not the subscriber's address */
	__u32 rx_drop_inner;	/* packets: what is inside is unusable */
	__u32 tx_drop_too_big;	/* packets */
	__u32 tx_drop_route;	/* packets: no route, a loop, or no socket */
	__u32 error_indications; /* messages received for this tunnel */
	__u32 end_markers;	/* messages received on this tunnel */
};

/* Indices, and netlink attribute types, of a link's counters. All u64. */
enum gtp_link_counter {
	GTP_LC_UNSPEC = 0,
	GTP_LC_RX_SHORT,		/* shorter than its header says */
	GTP_LC_RX_LENGTH,		/* GTP length beyond the datagram */
	GTP_LC_RX_VERSION,		/* not the socket's GTP version */
	GTP_LC_RX_PROTOCOL_TYPE,	/* GTP' */
	GTP_LC_RX_EXTENSION,		/* extension headers malformed */
	GTP_LC_RX_COMPREHENSION,	/* required extension header unknown */
	GTP_LC_RX_MESSAGE,		/* message type unknown */
	GTP_LC_RX_UNKNOWN_TEID,
	GTP_LC_RX_WRONG_MS,
	GTP_LC_RX_INNER,		/* inner packet is no IP or cut */
	GTP_LC_RX_ECN,			/* RFC 6040 says drop */
	GTP_LC_RX_MEMORY,
	GTP_LC_RX_DOWN,			/* link is down */
	GTP_LC_RX_TO_USER,		/* given to the socket's owner */
	GTP_LC_TX_NO_TUNNEL,
	GTP_LC_TX_NO_ROUTE,
	GTP_LC_TX_LOOP,
	GTP_LC_TX_TOO_BIG,
	GTP_LC_TX_NO_SOCKET,
	GTP_LC_TX_INNER,
	GTP_LC_TX_MEMORY,
	GTP_LC_ECHO_REQUEST_RX,
	GTP_LC_ECHO_REQUEST_TX,
	GTP_LC_ECHO_RESPONSE_RX,
	GTP_LC_ECHO_RESPONSE_TX,
	GTP_LC_ERROR_INDICATION_RX,
	GTP_LC_ERROR_INDICATION_TX,
	GTP_LC_END_MARKER_RX,
	GTP_LC_EXT_NOTIFICATION_RX,
	GTP_LC_EXT_NOTIFICATION_TX,
	GTP_LC_RATE_LIMITED,		/* answers and events not sent */
	GTP_LC_PAD,
	GTP_LC_TX_FRAGMENTED,		/* sent, the outer packet in fragments */
	__GTP_LC_MAX,
};

#define GTP_LC_MAX (__GTP_LC_MAX - 1)

/*
 * rtnetlink, link kind "gtp": IFLA_GTP_FD0 .. IFLA_GTP_LOCAL6 are in
 * <linux/if_link.h>. This one is gtp-tools'.
 */
#define IFLA_GTP_OPTIONS	48	/* u32, GTP_LINK_* */

#define GTP_LINK_NO_ERROR_INDICATION	(1 << 0) /* be silent on unknown TEIDs */

#endif
