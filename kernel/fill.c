// SPDX-License-Identifier: GPL-2.0
/* What netlink says of a tunnel or a link. */

#include "gtp.h"

/*
 * A dump of a million tunnels does little but write attributes, so they are
 * written straight to the end of a message that has room for the most a tunnel
 * can have, and skb_put() is told once.
 */
#define GTP_TUNNEL_SIZE_MAX						\
	(nla_total_size(sizeof(u32)) +		/* VERSION */		\
	 nla_total_size(sizeof(u32)) +		/* LINK */		\
	 nla_total_size(sizeof(u8)) +		/* FAMILY */		\
	 nla_total_size(sizeof(struct in6_addr)) * 2 + /* MS, PEER */	\
	 nla_total_size_64bit(sizeof(u64)) +	/* TID */		\
	 nla_total_size(sizeof(u32)) +		/* O_TEI, or FLOW */	\
	 nla_total_size(sizeof(u32)) +		/* TUNNEL_FLAGS */	\
	 nla_total_size(sizeof(u8)) * 3 +	/* QFI, PDU_TYPE, RX_QFI */ \
	 nla_total_size_64bit(sizeof(struct gtp_tunnel_stats)))

/* Returns where the next attribute goes. @len is a constant. */
static __always_inline void *gtp_put(void *to, u16 type, const void *data,
				     size_t len)
{
	struct nlattr *attr = to;

	attr->nla_len = nla_attr_size(len);
	attr->nla_type = type;
	memcpy(to + NLA_HDRLEN, data, len);
	memset(to + NLA_HDRLEN + len, 0, NLA_ALIGN(len) - len);
	return to + nla_total_size(len);
}

static __always_inline void *gtp_put_u8(void *to, u16 type, u8 v)
{
	return gtp_put(to, type, &v, sizeof(v));
}

static __always_inline void *gtp_put_u32(void *to, u16 type, u32 v)
{
	return gtp_put(to, type, &v, sizeof(v));
}

/* What follows must lie on 8 octets where the machine wants it so. */
static __always_inline void *gtp_put_pad(void *to)
{
	if (!IS_ENABLED(CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS) &&
	    IS_ALIGNED((unsigned long)to, 8))
		to = gtp_put(to, GTPA_PAD, NULL, 0);
	return to;
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

static void *gtp_put_stats(void *to, struct gtp_tunnel *t, bool reset)
{
	struct gtp_counter_value rx, tx;
	struct gtp_tunnel_stats s;
	u32 events[GTP_TE_MAX];
	int i;

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
	to = gtp_put(gtp_put_pad(to), GTPA_STATS, &s, sizeof(s));

	if (reset) {
		gtp_counter_reset(&t->rx, &rx);
		gtp_counter_reset(&t->tx, &tx);
		for (i = 0; i < GTP_TE_MAX; i++)
			atomic_sub(events[i], &t->events[i]);
	}
	return to;
}

/* What gtp-tools knows and mainline does not. */
static void *gtp_put_tools(void *to, struct gtp_tunnel *t,
			   const struct gtp_egress *egress, bool reset)
{
	u8 rx_qfi = READ_ONCE(t->rx_qfi);

	if (egress->flags)
		to = gtp_put_u32(to, GTPA_TUNNEL_FLAGS, egress->flags);
	if (egress->qfi != GTP_QFI_NONE) {
		to = gtp_put_u8(to, GTPA_QFI, egress->qfi);
		to = gtp_put_u8(to, GTPA_PDU_TYPE, egress->pdu_type);
	}
	if (rx_qfi != GTP_QFI_NONE)
		to = gtp_put_u8(to, GTPA_RX_QFI, rx_qfi);
	return gtp_put_stats(to, t, reset);
}

static void *gtp_put_addrs(void *to, u8 family, const struct gtp_key *ms,
			   const struct gtp_addr *peer)
{
	if (family == AF_INET) {
		to = gtp_put_u32(to, GTPA_MS_ADDRESS, ms->w[1]);
	} else {
		__be32 prefix[4] = { (__force __be32)ms->w[0],
				     (__force __be32)ms->w[1] };

		to = gtp_put(to, GTPA_MS_ADDR6, prefix, sizeof(prefix));
	}
	if (peer->family == AF_INET)
		return gtp_put(to, GTPA_PEER_ADDRESS, &peer->v4,
			       sizeof(peer->v4));
	return gtp_put(to, GTPA_PEER_ADDR6, &peer->v6, sizeof(peer->v6));
}

/*
 * RCU or link->lock. The attributes mainline has, and with GTP_REQ_COUNTERS in
 * @request all the others. What GTP_REQ_RESET takes off is in the message if
 * it succeeds, else nothing is taken off.
 */
int gtp_fill_tunnel(struct sk_buff *msg, struct gtp_link *link,
		    struct gtp_tunnel *t, u32 request)
{
	void *start = skb_tail_pointer(msg), *to = start;
	struct gtp_egress egress;
	struct gtp_key teid, ms;
	u8 version, family;
	unsigned int seq;

	if (skb_tailroom(msg) < GTP_TUNNEL_SIZE_MAX)
		return -EMSGSIZE;

	do {
		seq = read_seqcount_begin(&t->seq);
		egress = t->egress;
		teid = t->teid;
		ms = t->ms;
		version = t->version;
		family = t->family;
	} while (read_seqcount_retry(&t->seq, seq));

	to = gtp_put_u32(to, GTPA_VERSION, version);
	to = gtp_put_u32(to, GTPA_LINK, link->dev->ifindex);
	to = gtp_put_u8(to, GTPA_FAMILY, family);
	to = gtp_put_addrs(to, family, &ms, &egress.path->peer);
	if (version == GTP_V0) {
		u64 tid = (u64)teid.w[0] << 32 | teid.w[1];
		u16 flow = egress.o_tei;

		to = gtp_put(gtp_put_pad(to), GTPA_TID, &tid, sizeof(tid));
		to = gtp_put(to, GTPA_FLOW, &flow, sizeof(flow));
	} else {
		to = gtp_put_u32(to, GTPA_I_TEI, teid.w[1]);
		to = gtp_put_u32(to, GTPA_O_TEI, egress.o_tei);
	}
	if (request & GTP_REQ_COUNTERS)
		to = gtp_put_tools(to, t, &egress, request & GTP_REQ_RESET);
	skb_put(msg, to - start);
	return 0;
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
	for (i = 1; i <= GTP_LC_MAX; i++)
		if (i != GTP_LC_PAD &&
		    nla_put_u64_64bit(msg, i, gtp_link_counter(link, i),
				      GTP_LC_PAD))
			return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}
