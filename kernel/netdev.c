// SPDX-License-Identifier: GPL-2.0
/* The network device and its rtnetlink kind: made, asked, counted, ended. */

#include <linux/if_arp.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/ip_tunnels.h>
#include <net/rtnetlink.h>

#include "gtp.h"
#include "trace.h"

/* Answers and events that packets can provoke, per link. */
#define GTP_BUCKET_SIZE		64
#define GTP_BUCKET_PER_S	128

/* Any context with softirqs off. */
bool gtp_bucket_take(struct gtp_bucket *bucket)
{
	unsigned long now = jiffies, elapsed;
	unsigned int fill;
	bool ok;

	spin_lock(&bucket->lock);
	elapsed = min_t(unsigned long, now - bucket->stamp, 10 * HZ);
	fill = elapsed * GTP_BUCKET_PER_S / HZ;
	if (fill) {
		bucket->tokens = min(bucket->tokens + fill,
				     (unsigned int)GTP_BUCKET_SIZE);
		bucket->stamp = now;
	}
	ok = bucket->tokens > 0;
	if (ok)
		bucket->tokens--;
	spin_unlock(&bucket->lock);
	return ok;
}

/* The core's reason that says most nearly what ours says exactly. */
static enum skb_drop_reason gtp_drop_reason(enum gtp_link_counter what)
{
	switch (what) {
	case GTP_LC_RX_SHORT:
	case GTP_LC_RX_LENGTH:
	case GTP_LC_RX_EXTENSION:
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	case GTP_LC_RX_INNER:
	case GTP_LC_TX_INNER:
		return SKB_DROP_REASON_IP_INHDR;
	case GTP_LC_RX_MEMORY:
	case GTP_LC_TX_MEMORY:
		return SKB_DROP_REASON_NOMEM;
	case GTP_LC_RX_DOWN:
		return SKB_DROP_REASON_DEV_READY;
	case GTP_LC_TX_NO_ROUTE:
		return SKB_DROP_REASON_IP_OUTNOROUTES;
	case GTP_LC_TX_TOO_BIG:
		return SKB_DROP_REASON_PKT_TOO_BIG;
	default:
		return SKB_DROP_REASON_NOT_SPECIFIED;
	}
}

/* Softirqs off. */
void gtp_drop(struct gtp_link *link, struct sk_buff *skb,
	      enum gtp_link_counter what)
{
	gtp_count(link, what);
	trace_gtp_drop(link->dev, skb, what);
	kfree_skb_reason(skb, gtp_drop_reason(what));
}

u64 gtp_link_counter(struct gtp_link *link, enum gtp_link_counter what)
{
	unsigned int start;
	u64 sum = 0, v;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct gtp_link_stats *stats = per_cpu_ptr(link->stats, cpu);

		do {
			start = u64_stats_fetch_begin(&stats->syncp);
			v = u64_stats_read(&stats->v[what]);
		} while (u64_stats_fetch_retry(&stats->syncp, start));
		sum += v;
	}
	return sum;
}

static void gtp_get_stats64(struct net_device *dev,
			    struct rtnl_link_stats64 *stats)
{
	struct gtp_link *link = netdev_priv(dev);
	int i;

	dev_get_tstats64(dev, stats);
	for (i = GTP_LC_RX_SHORT; i <= GTP_LC_RX_DOWN; i++)
		stats->rx_dropped += gtp_link_counter(link, i);
	for (i = GTP_LC_RX_SHORT; i <= GTP_LC_RX_COMPREHENSION; i++)
		stats->rx_errors += gtp_link_counter(link, i);
	for (i = GTP_LC_TX_NO_TUNNEL; i <= GTP_LC_TX_MEMORY; i++)
		stats->tx_dropped += gtp_link_counter(link, i);
	stats->tx_carrier_errors += gtp_link_counter(link, GTP_LC_TX_NO_ROUTE);
	stats->collisions += gtp_link_counter(link, GTP_LC_TX_LOOP);
}

/* RTNL. Undoes gtp_link_alloc(), as often as it is called. */
static void gtp_link_release(struct gtp_link *link)
{
	gro_cells_destroy(&link->gro_cells);
	gtp_compat_tstats_free(link->dev);
	free_percpu(link->stats);
	link->stats = NULL;
	if (link->tables)
		gtp_tables_free(link->tables);
	link->tables = NULL;
}

/*
 * RTNL. All that receive and transmit need, before a socket or the stack can
 * bring the first packet.
 */
static int gtp_link_alloc(struct gtp_link *link)
{
	int err, cpu;

	link->stats = alloc_percpu(struct gtp_link_stats);
	if (!link->stats)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(link->stats, cpu)->syncp);

	err = gtp_compat_tstats_init(link->dev);
	if (!err)
		err = gro_cells_init(&link->gro_cells, link->dev);
	if (!err)
		err = gtp_tables_new(link);
	if (err)
		gtp_link_release(link);
	return err;
}

/* RTNL; the core has waited for everyone in receive and transmit. */
static void gtp_uninit(struct net_device *dev)
{
	gtp_link_release(netdev_priv(dev));
}

const struct net_device_ops gtp_netdev_ops = {
	.ndo_uninit	 = gtp_uninit,
	.ndo_start_xmit	 = gtp_xmit,
	.ndo_get_stats64 = gtp_get_stats64,
};

static const struct device_type gtp_device_type = {
	.name = "gtp",
};

#define GTP_FEATURES (NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA |	\
		      NETIF_F_HW_CSUM | NETIF_F_RXCSUM |		\
		      NETIF_F_GSO_SOFTWARE)

static void gtp_link_setup(struct net_device *dev)
{
	struct gtp_link *link = netdev_priv(dev);

	dev->netdev_ops = &gtp_netdev_ops;
	dev->header_ops = &ip_tunnel_header_ops;
	dev->needs_free_netdev = true;
	SET_NETDEV_DEVTYPE(dev, &gtp_device_type);

	dev->hard_header_len = 0;
	dev->addr_len = 0;
	dev->type = ARPHRD_NONE;
	dev->mtu = GTP_MTU_DEFAULT;
	dev->flags = IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
	dev->priv_flags |= IFF_NO_QUEUE;
	/* Routes are ours alone, so the inner packet's dst need not live on. */
	netif_keep_dst(dev);
	gtp_compat_lltx(dev);
	gtp_compat_tstats_setup(dev);
	dev->needed_headroom = LL_MAX_HEADER + sizeof(struct ipv6hdr) +
			       sizeof(struct udphdr) + GTP_HLEN_MAX;

	dev->features |= GTP_FEATURES;
	/*
	 * Switched on by ethtool: hand super-packets to any device, whoever
	 * may be listening there. See gso.c.
	 */
	dev->hw_features |= GTP_FEATURES | NETIF_F_GSO_UDP_TUNNEL_CSUM;

	link->dev = dev;
	mutex_init(&link->lock);
	spin_lock_init(&link->echo_lock);
	spin_lock_init(&link->answers.lock);
	spin_lock_init(&link->events.lock);
	link->answers.tokens = GTP_BUCKET_SIZE;
	link->events.tokens = GTP_BUCKET_SIZE;
}

static const struct nla_policy gtp_link_policy[IFLA_GTP_OPTIONS + 1] = {
	[IFLA_GTP_FD0]		  = { .type = NLA_U32 },
	[IFLA_GTP_FD1]		  = { .type = NLA_U32 },
	[IFLA_GTP_PDP_HASHSIZE]	  = { .type = NLA_U32 },
	[IFLA_GTP_ROLE]		  = { .type = NLA_U32 },
	[IFLA_GTP_CREATE_SOCKETS] = { .type = NLA_U8 },
	[IFLA_GTP_RESTART_COUNT]  = { .type = NLA_U8 },
	[IFLA_GTP_LOCAL]	  = { .type = NLA_U32 },
	[IFLA_GTP_LOCAL6]	  = { .len = sizeof(struct in6_addr) },
	[IFLA_GTP_OPTIONS]	  = NLA_POLICY_MASK(NLA_U32,
						    GTP_LINK_NO_ERROR_INDICATION),
};

static int gtp_link_validate(struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	if (data)
		return 0;
	NL_SET_ERR_MSG(extack, "a gtp link needs sockets: FD0, FD1 or CREATE_SOCKETS");
	return -EINVAL;
}

static int gtp_parse_link(struct gtp_link *link, struct nlattr *data[],
			  struct netlink_ext_ack *extack)
{
	if (data[IFLA_GTP_ROLE]) {
		u32 role = nla_get_u32(data[IFLA_GTP_ROLE]);

		if (role > GTP_ROLE_SGSN) {
			NL_SET_ERR_MSG_ATTR(extack, data[IFLA_GTP_ROLE],
					    "role is 0 (ggsn) or 1 (sgsn)");
			return -EINVAL;
		}
		link->role = role;
	}

	link->hashsize = GTP_HASHSIZE_DEFAULT;
	if (data[IFLA_GTP_PDP_HASHSIZE])
		link->hashsize = nla_get_u32(data[IFLA_GTP_PDP_HASHSIZE]) ?:
				 GTP_HASHSIZE_DEFAULT;
	if (link->hashsize > GTP_HASHSIZE_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, data[IFLA_GTP_PDP_HASHSIZE],
				    "hash size over 524288");
		return -ENOMEM;
	}

	if (data[IFLA_GTP_RESTART_COUNT])
		link->restart_count = nla_get_u8(data[IFLA_GTP_RESTART_COUNT]);
	if (data[IFLA_GTP_OPTIONS])
		link->options = nla_get_u32(data[IFLA_GTP_OPTIONS]);
	return 0;
}

static int gtp_newlink(struct net *src_net, struct net_device *dev,
		       struct nlattr *tb[], struct nlattr *data[],
		       struct netlink_ext_ack *extack)
{
	struct gtp_net *gn = net_generic(src_net, gtp_net_id);
	struct gtp_link *link = netdev_priv(dev);
	int err;

	link->net = src_net;
	err = gtp_parse_link(link, data, extack);
	if (err)
		return err;

	err = gtp_link_alloc(link);
	if (err)
		return err;

	err = gtp_sockets_open(link, data, extack);
	if (err)
		goto err_release;

	if (link->family == AF_INET6 && !tb[IFLA_MTU])
		dev->mtu = GTP_MTU6_DEFAULT;

	err = register_netdevice(dev);
	if (err)
		goto err_sockets;

	list_add_tail(&link->list, &gn->links);
	/* Receive finds a complete link from here on, and none before. */
	smp_store_release(&link->live, true);
	return 0;

err_sockets:
	gtp_sockets_close(link);
	/* A handler may have got hold of the link before it was closed. */
	synchronize_net();
err_release:
	gtp_link_release(link);
	return err;
}

static int gtp_changelink(struct net_device *dev, struct nlattr *tb[],
			  struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct gtp_link *link = netdev_priv(dev);
	int i;

	for (i = 1; data && i < IFLA_GTP_OPTIONS; i++) {
		if (!data[i])
			continue;
		NL_SET_ERR_MSG_ATTR(extack, data[i],
				    "cannot be changed after creation");
		return -EOPNOTSUPP;
	}
	if (!data || !data[IFLA_GTP_OPTIONS]) {
		NL_SET_ERR_MSG(extack, "nothing that can be changed");
		return -EOPNOTSUPP;
	}
	WRITE_ONCE(link->options, nla_get_u32(data[IFLA_GTP_OPTIONS]));
	return 0;
}

/* RTNL. */
void gtp_link_delete(struct net_device *dev, struct list_head *head)
{
	struct gtp_link *link = netdev_priv(dev);

	/* Requests that found the link before this wait here, then give up. */
	mutex_lock(&link->lock);
	link->dead = true;
	mutex_unlock(&link->lock);

	/* Unlike above nothing depends on the order: only to stop early. */
	WRITE_ONCE(link->live, false);
	/* A dump that misses its tunnels says so. */
	atomic64_inc(&gtp_generation);
	list_del(&link->list);
	gtp_sockets_close(link);
	unregister_netdevice_queue(dev, head);
}

static size_t gtp_link_size(const struct net_device *dev)
{
	return nla_total_size(sizeof(u32)) +	/* PDP_HASHSIZE */
	       nla_total_size(sizeof(u32)) +	/* ROLE */
	       nla_total_size(sizeof(u8)) +	/* RESTART_COUNT */
	       nla_total_size(sizeof(u32));	/* OPTIONS */
}

static int gtp_link_fill(struct sk_buff *msg, const struct net_device *dev)
{
	struct gtp_link *link = netdev_priv(dev);
	u32 options = READ_ONCE(link->options);

	if (nla_put_u32(msg, IFLA_GTP_PDP_HASHSIZE, link->hashsize) ||
	    nla_put_u32(msg, IFLA_GTP_ROLE, link->role) ||
	    nla_put_u8(msg, IFLA_GTP_RESTART_COUNT, link->restart_count) ||
	    (options && nla_put_u32(msg, IFLA_GTP_OPTIONS, options)))
		return -EMSGSIZE;
	return 0;
}

/* Tells where the sockets are, if the link was moved away from them. RTNL. */
static struct net *gtp_link_net(const struct net_device *dev)
{
	const struct gtp_link *link = netdev_priv(dev);

	return link->net;
}

struct rtnl_link_ops gtp_link_ops __read_mostly = {
	.kind		= "gtp",
	.maxtype	= IFLA_GTP_OPTIONS,
	.policy		= gtp_link_policy,
	.priv_size	= sizeof(struct gtp_link),
	.setup		= gtp_link_setup,
	.validate	= gtp_link_validate,
	.newlink	= gtp_newlink,
	.changelink	= gtp_changelink,
	.dellink	= gtp_link_delete,
	.get_size	= gtp_link_size,
	.fill_info	= gtp_link_fill,
	.get_link_net	= gtp_link_net,
};
