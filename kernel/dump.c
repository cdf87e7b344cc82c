// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps: of the tunnels of every link of a namespace, and of the links. Both
 * go by numbers that only grow (interface index, tunnel id), so that a dump
 * in many messages finds its place again whatever happened in between.
 */

#include "gtp.h"

/* RCU. The gtp link of the smallest index from @from on, or NULL. */
static struct gtp_link *gtp_next_link(struct net *net, int from)
{
	struct net_device *dev, *best = NULL;

	for_each_netdev_rcu(net, dev)
		if (gtp_is_link(dev) && dev->ifindex >= from &&
		    (!best || dev->ifindex < best->ifindex))
			best = dev;
	return best ? netdev_priv(best) : NULL;
}

/* Where a dump goes on, in cb->ctx. */
struct gtp_dump {
	int ifindex;
	unsigned long id;	/* of a tunnel of that link */
};

static bool gtp_dump_match(struct nlattr *attrs[], struct gtp_tunnel *t)
{
	const struct gtp_addr *peer = &READ_ONCE(t->egress.path)->peer;
	struct gtp_addr addr = {};

	if (attrs[GTPA_SINCE] &&
	    READ_ONCE(t->generation) <= nla_get_u64(attrs[GTPA_SINCE]))
		return false;
	if (attrs[GTPA_PEER_ADDRESS]) {
		addr.family = AF_INET;
		addr.v4 = nla_get_in_addr(attrs[GTPA_PEER_ADDRESS]);
		return gtp_addr_eq(&addr, peer);
	}
	if (attrs[GTPA_PEER_ADDR6]) {
		addr.family = AF_INET6;
		addr.v6 = nla_get_in6_addr(attrs[GTPA_PEER_ADDR6]);
		return gtp_addr_eq(&addr, peer);
	}
	return true;
}

/* A filter may pass over a million tunnels: not all of them in one go. */
#define GTP_DUMP_STRIDE	32768

/*
 * RCU. 0 when the link is done, -EMSGSIZE when the message is full, -EAGAIN
 * when it is time to let others run.
 */
static int gtp_dump_link(struct sk_buff *skb, struct netlink_callback *cb,
			 struct gtp_link *link, struct nlattr *attrs[],
			 u32 request)
{
	struct gtp_dump *dump = (struct gtp_dump *)cb->ctx;
	XA_STATE(xas, &link->tables->ids, dump->id);
	unsigned int left = GTP_DUMP_STRIDE;
	struct gtp_tunnel *t;
	void *hdr;

	xas_for_each(&xas, t, ULONG_MAX) {
		if (xas_retry(&xas, t))
			continue;
		if (!left--) {
			dump->id = xas.xa_index;
			return -EAGAIN;
		}
		if (request & GTP_REQ_FILTER && !gtp_dump_match(attrs, t))
			continue;
		hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				  cb->nlh->nlmsg_seq, &gtp_genl_family,
				  NLM_F_MULTI, GTP_CMD_GETPDP);
		if (!hdr || gtp_fill_tunnel(skb, link, t, request)) {
			if (hdr)
				genlmsg_cancel(skb, hdr);
			dump->id = xas.xa_index;
			return -EMSGSIZE;
		}
		genl_dump_check_consistent(cb, hdr);
		genlmsg_end(skb, hdr);
	}
	return 0;
}

/*
 * RCU. What NLM_F_DUMP_INTR goes by: a number that any change of what is
 * dumped changes. Never 0, which would say that nobody looks.
 */
static unsigned int gtp_dump_seq(struct net *net, struct nlattr *attrs[],
				 u32 request)
{
	u64 generation = atomic64_read(&gtp_generation);
	struct net_device *dev;

	if (request & GTP_REQ_FILTER && attrs[GTPA_LINK]) {
		dev = dev_get_by_index_rcu(net, nla_get_u32(attrs[GTPA_LINK]));
		if (dev && gtp_is_link(dev))
			generation = READ_ONCE(((struct gtp_link *)
						netdev_priv(dev))->generation);
	}
	return generation << 1 | 1;
}

int gtp_genl_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = gtp_compat_dump_attrs(cb);
	struct gtp_dump *dump = (struct gtp_dump *)cb->ctx;
	struct net *net = sock_net(cb->skb->sk);
	u32 request = gtp_request(attrs);
	struct gtp_link *link;
	int err = 0;

	BUILD_BUG_ON(sizeof(*dump) > sizeof(cb->ctx));
	rcu_read_lock();
	cb->seq = gtp_dump_seq(net, attrs, request);
	while ((link = gtp_next_link(net, dump->ifindex))) {
		if (dump->ifindex != link->dev->ifindex) {
			dump->ifindex = link->dev->ifindex;
			dump->id = 0;
		}
		if (!(request & GTP_REQ_FILTER && attrs[GTPA_LINK] &&
		      nla_get_u32(attrs[GTPA_LINK]) != dump->ifindex) &&
		    gtp_link_is_live(link))
			err = gtp_dump_link(skb, cb, link, attrs, request);
		if (err == -EAGAIN) {
			rcu_read_unlock();
			cond_resched();
			rcu_read_lock();
			cb->seq = gtp_dump_seq(net, attrs, request);
			err = 0;
			continue;
		}
		if (err)
			break;
		dump->ifindex++;
		dump->id = 0;
	}
	rcu_read_unlock();
	return skb->len;
}

int gtp_put_link(struct sk_buff *msg, struct gtp_link *link, u32 portid,
		 u32 seq, int flags)
{
	void *hdr;

	hdr = genlmsg_put(msg, portid, seq, &gtp_genl_family, flags,
			  GTP_CMD_GETLINK);
	if (!hdr)
		return -EMSGSIZE;
	if (gtp_fill_link(msg, link)) {
		genlmsg_cancel(msg, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return 0;
}

int gtp_genl_dumplink(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct gtp_dump *dump = (struct gtp_dump *)cb->ctx;
	struct net *net = sock_net(cb->skb->sk);
	struct gtp_link *link;

	rcu_read_lock();
	while ((link = gtp_next_link(net, dump->ifindex))) {
		if (gtp_link_is_live(link) &&
		    gtp_put_link(skb, link, NETLINK_CB(cb->skb).portid,
				 cb->nlh->nlmsg_seq, NLM_F_MULTI))
			break;
		dump->ifindex = link->dev->ifindex + 1;
	}
	rcu_read_unlock();
	return skb->len;
}
