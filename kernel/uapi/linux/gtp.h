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
	GTPA_COUNTERS,		/* nest of enum gtp_counter_attrs */
	GTPA_TUNNEL_FLAGS,	/* u32, GTP_TUNNEL_* */
	GTPA_QFI,		/* u8, 0..63: send a PDU Session Container */
	GTPA_PDU_TYPE,		/* u8, of that container: 0 DL, 1 UL */
	GTPA_RX_QFI,		/* u8, last QFI received */
	GTPA_CREATED,		/* u64, ns since the epoch */
	GTPA_GENERATION,	/* u64, grows with every change of any tunnel */
	GTPA_SINCE,		/* u64, filter: only generations above it */
	GTPA_SEQUENCE,		/* u16, of an echo or a signalling message */
	GTPA_RTT,		/* u64, ns, of an echo */
	GTPA_RECOVERY,		/* u8, the peer's restart counter */
	GTPA_LINK_COUNTERS,	/* nest of u64, enum gtp_link_counter */
	GTPA_TUNNELS,		/* u32, how many a link has */
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

enum gtp_counter_attrs {
	GTPC_UNSPEC = 0,
	GTPC_RX_PACKETS,	/* u64 */
	GTPC_RX_BYTES,		/* u64, octets inside the tunnel */
	GTPC_RX_IDLE,		/* u64, ms since the last one; absent: never */
	GTPC_TX_PACKETS,	/* u64 */
	GTPC_TX_BYTES,		/* u64 */
	GTPC_TX_IDLE,		/* u64 */
	/* these are absent when 0 */
	GTPC_RX_DROP_MS,	/* u32, not the subscriber's address */
	GTPC_RX_DROP_INNER,	/* u32, inner packet unusable */
	GTPC_TX_DROP_TOO_BIG,	/* u32 */
	GTPC_TX_DROP_ROUTE,	/* u32, no route, a loop, or no socket */
	GTPC_ERROR_INDICATIONS,	/* u32, received for this tunnel */
	GTPC_END_MARKERS,	/* u32, received on this tunnel */
	GTPC_PAD,
	__GTPC_MAX,
};

#define GTPC_MAX (__GTPC_MAX - 1)

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
