// SPDX-License-Identifier: GPL-2.0
/* What netlink says of a tunnel or a link. */

#include "gtp.h"

static int gtp_put_addr(struct sk_buff *msg, const struct gtp_addr *addr,
			int attr4, int attr6)
{
	if (addr->family == AF_INET)
		return nla_put_in_addr(msg, attr4, addr->v4);
	return nla_put_in6_addr(msg, attr6, &addr->v6);
}

struct gtp_counter_value {
	u64 packets, bytes, idle_ms;
};

static void gtp_counter_read(const struct gtp_counter *c,
			     struct gtp_counter_value *v)
{
	unsigned long last = READ_ONCE(c->last);
	unsigned int start;

	do {
		start = u64_stats_fetch_begin(&c->syncp);
		v->packets = u64_stats_read(&c->packets);
		v->bytes = u64_stats_read(&c->bytes);
	} while (u64_stats_fetch_retry(&c->syncp, start));
	v->idle_ms = last ? jiffies_to_msecs(jiffies - last) : ~0ULL;
}

/* Takes off what was reported, so nothing that came since is lost. */
static void gtp_counter_reset(struct gtp_counter *c,
			      const struct gtp_counter_value *v)
{
	spin_lock_bh(&c->lock);
	u64_stats_update_begin(&c->syncp);
	u64_stats_set(&c->packets, u64_stats_read(&c->packets) - v->packets);
	u64_stats_set(&c->bytes, u64_stats_read(&c->bytes) - v->bytes);
	u64_stats_update_end(&c->syncp);
	spin_unlock_bh(&c->lock);
}

static int gtp_fill_stats(struct sk_buff *msg, struct gtp_tunnel *t, bool reset)
{
	struct gtp_counter_value rx, tx;
	struct gtp_tunnel_stats s;
	u32 events[GTP_TE_MAX];
	struct nlattr *attr;
	int i;

	attr = nla_reserve_64bit(msg, GTPA_STATS, sizeof(s), GTPA_PAD);
	if (!attr)
		return -EMSGSIZE;
	gtp_counter_read(&t->rx, &rx);
	gtp_counter_read(&t->tx, &tx);
	for (i = 0; i < GTP_TE_MAX; i++)
		events[i] = atomic_read(&t->events[i]);

	s = (struct gtp_tunnel_stats) {
		.rx_packets	= rx.packets,
		.rx_bytes	= rx.bytes,
		.tx_packets	= tx.packets,
		.tx_bytes	= tx.bytes,
		.rx_idle_ms	= rx.idle_ms,
		.tx_idle_ms	= tx.idle_ms,
		.created_ns	= t->created,
		.generation	= READ_ONCE(t->generation),
		.rx_drop_ms	= events[GTP_TE_RX_DROP_MS],
		.rx_drop_inner	= events[GTP_TE_RX_DROP_INNER],
		.tx_drop_too_big = events[GTP_TE_TX_DROP_TOO_BIG],
		.tx_drop_route	= events[GTP_TE_TX_DROP_ROUTE],
		.error_indications = events[GTP_TE_ERROR_INDICATION],
		.end_markers	= events[GTP_TE_END_MARKER],
	};
	memcpy(nla_data(attr), &s, sizeof(s));

	if (reset) {
		gtp_counter_reset(&t->rx, &rx);
		gtp_counter_reset(&t->tx, &tx);
		for (i = 0; i < GTP_TE_MAX; i++)
			atomic_sub(events[i], &t->events[i]);
	}
	return 0;
}

/* What gtp-tools knows and mainline does not. The counters are the last. */
static int gtp_fill_tools(struct sk_buff *msg, struct gtp_tunnel *t,
			  const struct gtp_egress *egress, bool reset)
{
	u8 rx_qfi = READ_ONCE(t->rx_qfi);

	if ((egress->flags &&
	     nla_put_u32(msg, GTPA_TUNNEL_FLAGS, egress->flags)) ||
	    (egress->qfi != GTP_QFI_NONE &&
	     (nla_put_u8(msg, GTPA_QFI, egress->qfi) ||
	      nla_put_u8(msg, GTPA_PDU_TYPE, egress->pdu_type))) ||
	    (rx_qfi != GTP_QFI_NONE && nla_put_u8(msg, GTPA_RX_QFI, rx_qfi)))
		return -EMSGSIZE;
	return gtp_fill_stats(msg, t, reset);
}

/*
 * RCU or link->lock. The attributes mainline has, and with GTP_REQ_COUNTERS in
 * @request all the others. Counters that GTP_REQ_RESET sets back are all in
 * the message when it succeeds.
 */
int gtp_fill_tunnel(struct sk_buff *msg, struct gtp_link *link,
		    struct gtp_tunnel *t, u32 request)
{
	struct gtp_key teid, ms;
	struct gtp_egress egress;
	unsigned int seq;
	u8 version, family;

	do {
		seq = read_seqcount_begin(&t->seq);
		egress = t->egress;
		teid = t->teid;
		ms = t->ms;
		version = t->version;
		family = t->family;
	} while (read_seqcount_retry(&t->seq, seq));

	if (nla_put_u32(msg, GTPA_VERSION, version) ||
	    nla_put_u32(msg, GTPA_LINK, link->dev->ifindex) ||
	    nla_put_u8(msg, GTPA_FAMILY, family))
		return -EMSGSIZE;

	if (family == AF_INET) {
		if (nla_put_in_addr(msg, GTPA_MS_ADDRESS,
				    (__force __be32)ms.w[1]))
			return -EMSGSIZE;
	} else {
		struct in6_addr prefix = {};

		prefix.s6_addr32[0] = (__force __be32)ms.w[0];
		prefix.s6_addr32[1] = (__force __be32)ms.w[1];
		if (nla_put_in6_addr(msg, GTPA_MS_ADDR6, &prefix))
			return -EMSGSIZE;
	}
	if (gtp_put_addr(msg, &egress.path->peer, GTPA_PEER_ADDRESS,
			 GTPA_PEER_ADDR6))
		return -EMSGSIZE;

	if (version == GTP_V0) {
		if (nla_put_u64_64bit(msg, GTPA_TID,
				      (u64)teid.w[0] << 32 | teid.w[1],
				      GTPA_PAD) ||
		    nla_put_u16(msg, GTPA_FLOW, egress.o_tei))
			return -EMSGSIZE;
	} else if (nla_put_u32(msg, GTPA_I_TEI, teid.w[1]) ||
		   nla_put_u32(msg, GTPA_O_TEI, egress.o_tei)) {
		return -EMSGSIZE;
	}

	if (!(request & GTP_REQ_COUNTERS))
		return 0;
	return gtp_fill_tools(msg, t, &egress, request & GTP_REQ_RESET);
}

/* The caller holds the device. */
int gtp_fill_link(struct sk_buff *msg, struct gtp_link *link)
{
	struct nlattr *nest;
	int i;

	if (nla_put_u32(msg, GTPA_LINK, link->dev->ifindex) ||
	    nla_put_u32(msg, GTPA_TUNNELS,
			atomic_read(&link->tables->teid.nelems)) ||
	    nla_put_u64_64bit(msg, GTPA_GENERATION,
			      READ_ONCE(link->generation), GTPA_PAD))
		return -EMSGSIZE;
	nest = nla_nest_start(msg, GTPA_LINK_COUNTERS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 1; i < GTP_LC_PAD; i++)
		if (nla_put_u64_64bit(msg, i, gtp_link_counter(link, i),
				      GTP_LC_PAD))
			return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}
