// SPDX-License-Identifier: GPL-2.0
/* Multicast group "gtp", in the namespace of the link's device. */

#include "gtp.h"

/* Large enough for every event and for a tunnel with its counters. */
#define GTP_EVENT_SIZE NLMSG_DEFAULT_SIZE

static bool gtp_event_wanted(struct gtp_link *link)
{
	return genl_has_listeners(&gtp_genl_family, dev_net(link->dev), 0);
}

static void gtp_event_send(struct gtp_link *link, struct sk_buff *msg, gfp_t gfp)
{
	genlmsg_multicast_netns(&gtp_genl_family, dev_net(link->dev), msg, 0, 0,
				gfp);
}

/*
 * link->lock. A tunnel was made (NLM_F_CREATE), changed (NLM_F_REPLACE) or is
 * about to go; the header's port id and sequence number are those of the
 * request that did it.
 */
void gtp_event_tunnel(struct gtp_link *link, struct gtp_tunnel *t, u8 cmd,
		      u16 flags, const struct genl_info *info)
{
	struct sk_buff *msg;
	void *hdr;

	if (!gtp_event_wanted(link))
		return;
	msg = genlmsg_new(GTP_EVENT_SIZE, GFP_KERNEL);
	if (!msg)
		return;
	hdr = genlmsg_put(msg, info->snd_portid, info->snd_seq,
			  &gtp_genl_family, flags, cmd);
	if (!hdr || gtp_fill_tunnel(msg, link, t, GTP_REQ_COUNTERS)) {
		nlmsg_free(msg);
		return;
	}
	genlmsg_end(msg, hdr);
	gtp_event_send(link, msg, GFP_KERNEL);
}

static int gtp_put_from(struct sk_buff *msg, const struct gtp_addr *from)
{
	if (from->family == AF_INET)
		return nla_put_in_addr(msg, GTPA_PEER_ADDRESS, from->v4);
	return nla_put_in6_addr(msg, GTPA_PEER_ADDR6, &from->v6);
}

/* Softirq. @rtt and @recovery: negative if not known. */
void gtp_event_echo(struct gtp_link *link, u8 version,
		    const struct gtp_addr *local, const struct gtp_addr *peer,
		    u16 seq, s64 rtt, int recovery)
{
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (!gtp_event_wanted(link))
		return;
	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_ATOMIC);
	if (!msg)
		return;
	hdr = genlmsg_put(msg, 0, 0, &gtp_genl_family, 0, GTP_CMD_ECHOREQ);
	if (!hdr)
		goto err_free;
	err = nla_put_u32(msg, GTPA_VERSION, version) ?:
	      gtp_put_from(msg, peer);
	if (!err && local->family == AF_INET)
		err = nla_put_in_addr(msg, GTPA_MS_ADDRESS, local->v4);
	else if (!err)
		err = nla_put_in6_addr(msg, GTPA_MS_ADDR6, &local->v6);
	err = err ?: nla_put_u32(msg, GTPA_LINK, link->dev->ifindex);
	err = err ?: nla_put_u16(msg, GTPA_SEQUENCE, seq);
	if (!err && rtt >= 0)
		err = nla_put_u64_64bit(msg, GTPA_RTT, rtt, GTPA_PAD);
	if (!err && recovery >= 0)
		err = nla_put_u8(msg, GTPA_RECOVERY, recovery);
	if (err)
		goto err_free;
	genlmsg_end(msg, hdr);
	gtp_event_send(link, msg, GFP_ATOMIC);
	return;

err_free:
	nlmsg_free(msg);
}

/*
 * Softirq, RCU. An Error Indication or End Marker for @t, sent by @from: it
 * takes the place of the tunnel's peer address, which it usually equals.
 */
void gtp_event_signal(struct gtp_link *link, struct gtp_tunnel *t, u8 cmd,
		      const struct gtp_addr *from)
{
	struct sk_buff *msg;
	void *hdr;

	if (!gtp_event_wanted(link))
		return;
	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_ATOMIC);
	if (!msg)
		return;
	hdr = genlmsg_put(msg, 0, 0, &gtp_genl_family, 0, cmd);
	if (!hdr ||
	    nla_put_u32(msg, GTPA_VERSION, GTP_V1) ||
	    nla_put_u32(msg, GTPA_LINK, link->dev->ifindex) ||
	    nla_put_u32(msg, GTPA_I_TEI, t->teid.w[1]) ||
	    nla_put_u32(msg, GTPA_O_TEI, t->egress.o_tei) ||
	    nla_put_u8(msg, GTPA_FAMILY, t->family) ||
	    gtp_put_from(msg, from)) {
		nlmsg_free(msg);
		return;
	}
	genlmsg_end(msg, hdr);
	gtp_event_send(link, msg, GFP_ATOMIC);
}
