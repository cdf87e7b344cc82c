// SPDX-License-Identifier: GPL-2.0
/*
 * Generic netlink family "gtp". Requests run in parallel: what they change is
 * guarded by the mutex of the link they name, and RTNL is never taken.
 */

#include <linux/net_namespace.h>
#include <net/ipv6.h>

#include "gtp.h"

static const struct nla_policy gtp_genl_policy[GTPA_TOOLS_MAX + 1] = {
	[GTPA_LINK]		= { .type = NLA_U32 },
	[GTPA_VERSION]		= { .type = NLA_U32 },
	[GTPA_TID]		= { .type = NLA_U64 },
	[GTPA_PEER_ADDRESS]	= { .type = NLA_U32 },
	[GTPA_MS_ADDRESS]	= { .type = NLA_U32 },
	[GTPA_FLOW]		= { .type = NLA_U16 },
	[GTPA_NET_NS_FD]	= { .type = NLA_U32 },
	[GTPA_I_TEI]		= { .type = NLA_U32 },
	[GTPA_O_TEI]		= { .type = NLA_U32 },
	[GTPA_PEER_ADDR6]	= NLA_POLICY_MIN_LEN(sizeof(struct in6_addr)),
	[GTPA_MS_ADDR6]		= NLA_POLICY_MIN_LEN(sizeof(struct in6_addr)),
	[GTPA_FAMILY]		= { .type = NLA_U8 },
	[GTPA_REQUEST]		= { .type = NLA_U32 },
	[GTPA_TUNNEL_FLAGS]	= NLA_POLICY_MASK(NLA_U32, GTP_TUNNEL_FLOW_PORT),
	[GTPA_QFI]		= NLA_POLICY_MAX(NLA_U8, 63),
	[GTPA_PDU_TYPE]		= NLA_POLICY_MAX(NLA_U8, 1),
	[GTPA_SINCE]		= { .type = NLA_U64 },
};

/* A macro, for the message must be a literal. */
#define gtp_missing(extack, what) ({		\
	NL_SET_ERR_MSG((extack), what);		\
	-EINVAL;				\
})

/*
 * The link a request names, its device held, or NULL. The caller takes
 * link->lock and looks at link->dead before it changes anything.
 */
static struct gtp_link *gtp_link_hold(struct net *src_net,
				      struct nlattr *attrs[],
				      struct netlink_ext_ack *extack)
{
	struct gtp_link *link = NULL;
	struct net *net = src_net;
	struct net_device *dev;

	if (attrs[GTPA_NET_NS_FD])
		net = get_net_ns_by_fd(nla_get_u32(attrs[GTPA_NET_NS_FD]));
	if (IS_ERR(net)) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[GTPA_NET_NS_FD],
				    "not a network namespace");
		return NULL;
	}

	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, nla_get_u32(attrs[GTPA_LINK]));
	if (dev && gtp_is_link(dev)) {
		dev_hold(dev);
		link = netdev_priv(dev);
	}
	rcu_read_unlock();
	/* The caller's own is held by its socket. */
	if (attrs[GTPA_NET_NS_FD])
		put_net(net);
	if (!link)
		NL_SET_ERR_MSG_ATTR(extack, attrs[GTPA_LINK],
				    "no gtp link of this index");
	return link;
}

static void gtp_link_put(struct gtp_link *link)
{
	dev_put(link->dev);
}

static u8 gtp_family(struct nlattr *attrs[])
{
	return attrs[GTPA_FAMILY] ? nla_get_u8(attrs[GTPA_FAMILY]) : AF_INET;
}

/* A subscriber's IPv6 is a /64: the rest of the attribute must be zero. */
static int gtp_parse_ms6(struct nlattr *attr, struct gtp_key *ms,
			 struct netlink_ext_ack *extack)
{
	struct in6_addr addr = nla_get_in6_addr(attr);

	if (addr.s6_addr32[2] || addr.s6_addr32[3]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "a /64 prefix is wanted: low 64 bits must be zero");
		return -EADDRNOTAVAIL;
	}
	*ms = gtp_key_ms6(&addr);
	return 0;
}

/* What can be checked without knowing the link, TEIDs included. */
static int gtp_parse_ids(struct nlattr *attrs[], struct gtp_tunnel_cfg *cfg,
			 struct netlink_ext_ack *extack)
{
	if (!attrs[GTPA_VERSION])
		return gtp_missing(extack, "VERSION missing");
	if (!attrs[GTPA_LINK])
		return gtp_missing(extack, "LINK missing");

	cfg->version = nla_get_u32(attrs[GTPA_VERSION]);
	cfg->family = gtp_family(attrs);
	switch (cfg->version) {
	case GTP_V0:
		if (!attrs[GTPA_TID])
			return gtp_missing(extack, "TID missing");
		if (!attrs[GTPA_FLOW])
			return gtp_missing(extack, "FLOW missing");
		cfg->teid = gtp_key_tid(nla_get_u64(attrs[GTPA_TID]),
					cfg->family);
		cfg->o_tei = nla_get_u16(attrs[GTPA_FLOW]);
		return 0;
	case GTP_V1:
		if (!attrs[GTPA_I_TEI])
			return gtp_missing(extack, "I_TEI missing");
		if (!attrs[GTPA_O_TEI])
			return gtp_missing(extack, "O_TEI missing");
		cfg->teid = gtp_key_tei(nla_get_u32(attrs[GTPA_I_TEI]),
					cfg->family);
		cfg->o_tei = nla_get_u32(attrs[GTPA_O_TEI]);
		return 0;
	default:
		NL_SET_ERR_MSG_ATTR(extack, attrs[GTPA_VERSION],
				    "VERSION is 0 or 1");
		return -EINVAL;
	}
}

static int gtp_parse_peer(struct nlattr *attrs[], const struct gtp_link *link,
			  struct gtp_addr *peer, struct netlink_ext_ack *extack)
{
	struct nlattr *attr = attrs[GTPA_PEER_ADDRESS];
	struct nlattr *attr6 = attrs[GTPA_PEER_ADDR6];

	memset(peer, 0, sizeof(*peer));
	if (!attr && !attr6)
		return gtp_missing(extack, "PEER_ADDRESS or PEER_ADDR6 missing");
	if ((attr && attr6) || (link->family == AF_INET ? !attr : !attr6)) {
		NL_SET_ERR_MSG_ATTR(extack, attr6 ?: attr,
				    "the peer must be of the link's address family");
		return -EAFNOSUPPORT;
	}
	peer->family = link->family;
	if (attr)
		peer->v4 = nla_get_in_addr(attr);
	else
		peer->v6 = nla_get_in6_addr(attr6);
	return 0;
}

/* link->lock, for the sockets. What depends on the link. */
static int gtp_parse_tunnel(struct nlattr *attrs[], struct gtp_link *link,
			    struct gtp_tunnel_cfg *cfg,
			    struct netlink_ext_ack *extack)
{
	int err;

	if (!rcu_access_pointer(*gtp_slot(link, cfg->version))) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[GTPA_VERSION],
				    "the link has no socket for this version");
		return -ENODEV;
	}

	switch (cfg->family) {
	case AF_INET:
		if (!attrs[GTPA_MS_ADDRESS])
			return gtp_missing(extack, "MS_ADDRESS missing");
		if (attrs[GTPA_MS_ADDR6])
			return gtp_missing(extack, "MS_ADDR6 but FAMILY is IPv4");
		cfg->ms = gtp_key_ms4(nla_get_in_addr(attrs[GTPA_MS_ADDRESS]));
		break;
	case AF_INET6:
		if (!attrs[GTPA_MS_ADDR6])
			return gtp_missing(extack, "MS_ADDR6 missing");
		if (attrs[GTPA_MS_ADDRESS])
			return gtp_missing(extack, "MS_ADDRESS but FAMILY is IPv6");
		err = gtp_parse_ms6(attrs[GTPA_MS_ADDR6], &cfg->ms, extack);
		if (err)
			return err;
		break;
	default:
		NL_SET_ERR_MSG_ATTR(extack, attrs[GTPA_FAMILY],
				    "FAMILY is IPv4 or IPv6");
		return -EAFNOSUPPORT;
	}

	if (attrs[GTPA_TUNNEL_FLAGS]) {
		cfg->flags = nla_get_u32(attrs[GTPA_TUNNEL_FLAGS]);
		cfg->has_flags = true;
	}
	if (attrs[GTPA_QFI]) {
		cfg->qfi = nla_get_u8(attrs[GTPA_QFI]);
		cfg->has_qfi = true;
	}
	if (attrs[GTPA_PDU_TYPE]) {
		cfg->pdu_type = nla_get_u8(attrs[GTPA_PDU_TYPE]);
		cfg->has_pdu_type = true;
	}
	return gtp_parse_peer(attrs, link, &cfg->peer, extack);
}

static int gtp_genl_new(struct sk_buff *skb, struct genl_info *info)
{
	bool update = gtp_request(info->attrs) & GTP_REQ_UPDATE;
	struct gtp_tunnel_cfg cfg = {};
	struct gtp_tunnel *t;
	struct gtp_link *link;
	int err;

	err = gtp_parse_ids(info->attrs, &cfg, info->extack);
	if (err)
		return err;
	link = gtp_link_hold(genl_info_net(info), info->attrs, info->extack);
	if (!link)
		return -ENODEV;

	mutex_lock(&link->lock);
	err = link->dead ? -ENODEV :
	      gtp_parse_tunnel(info->attrs, link, &cfg, info->extack);
	if (!err)
		err = gtp_tunnel_set(link, &cfg, info->nlhdr->nlmsg_flags,
				     update, &t, info->extack);
	if (err >= 0) {
		gtp_event_tunnel(link, t, GTP_CMD_NEWPDP,
				 err ? NLM_F_REPLACE : NLM_F_CREATE, info);
		err = 0;
	}
	mutex_unlock(&link->lock);
	gtp_link_put(link);
	return err;
}

/*
 * RCU or link->lock. The tunnel a request means. As in mainline an address is
 * looked at before a TEID, and then VERSION must be there but may be any.
 */
static struct gtp_tunnel *gtp_find(struct gtp_link *link,
				   struct nlattr *attrs[],
				   struct netlink_ext_ack *extack)
{
	u32 version = nla_get_u32(attrs[GTPA_VERSION]);
	struct gtp_tables *tables = link->tables;
	u8 family = gtp_family(attrs);
	struct gtp_tunnel *t;
	struct gtp_key key;
	int err;

	if (attrs[GTPA_MS_ADDRESS]) {
		if (family != AF_INET) {
			err = gtp_missing(extack, "MS_ADDRESS but FAMILY is not IPv4");
			return ERR_PTR(err);
		}
		key = gtp_key_ms4(nla_get_in_addr(attrs[GTPA_MS_ADDRESS]));
		t = gtp_tunnel_by_ms(tables, &key);
	} else if (attrs[GTPA_MS_ADDR6]) {
		if (family != AF_INET6) {
			err = gtp_missing(extack, "MS_ADDR6 but FAMILY is not IPv6");
			return ERR_PTR(err);
		}
		err = gtp_parse_ms6(attrs[GTPA_MS_ADDR6], &key, extack);
		if (err)
			return ERR_PTR(err);
		t = gtp_tunnel_by_ms(tables, &key);
	} else if (version == GTP_V0 && attrs[GTPA_TID]) {
		key = gtp_key_tid(nla_get_u64(attrs[GTPA_TID]), family);
		t = gtp_tunnel_by_teid(tables, &key);
	} else if (version == GTP_V1 && attrs[GTPA_I_TEI]) {
		key = gtp_key_tei(nla_get_u32(attrs[GTPA_I_TEI]), family);
		t = gtp_tunnel_by_teid(tables, &key);
	} else {
		err = gtp_missing(extack, "no MS address, and no TID or I_TEI of this VERSION");
		return ERR_PTR(err);
	}
	if (t)
		return t;
	NL_SET_ERR_MSG(extack, "no such tunnel");
	return ERR_PTR(-ENOENT);
}

/* The link of a GET or DEL, or an error pointer. */
static struct gtp_link *gtp_find_link(struct genl_info *info)
{
	struct gtp_link *link;

	if (!info->attrs[GTPA_VERSION] || !info->attrs[GTPA_LINK])
		return ERR_PTR(gtp_missing(info->extack,
					   "VERSION and LINK are needed"));
	link = gtp_link_hold(genl_info_net(info), info->attrs, info->extack);
	return link ?: ERR_PTR(-ENODEV);
}

static int gtp_genl_del(struct sk_buff *skb, struct genl_info *info)
{
	struct gtp_link *link = gtp_find_link(info);
	struct gtp_tunnel *t;

	if (IS_ERR(link))
		return PTR_ERR(link);

	mutex_lock(&link->lock);
	rcu_read_lock();
	t = link->dead ? ERR_PTR(-ENODEV) :
			 gtp_find(link, info->attrs, info->extack);
	rcu_read_unlock();
	/* Nobody else removes tunnels while we have the mutex. */
	if (!IS_ERR(t)) {
		gtp_event_tunnel(link, t, GTP_CMD_DELPDP, 0, info);
		gtp_tunnel_remove(link, t);
	}
	mutex_unlock(&link->lock);
	gtp_link_put(link);
	return PTR_ERR_OR_ZERO(t);
}

static int gtp_genl_get(struct sk_buff *skb, struct genl_info *info)
{
	struct gtp_link *link = gtp_find_link(info);
	struct sk_buff *msg = NULL;
	struct gtp_tunnel *t;
	void *hdr;
	int err;

	if (IS_ERR(link))
		return PTR_ERR(link);

	/* The lock is for link->tables: deletion waits for it, then for us. */
	mutex_lock(&link->lock);
	rcu_read_lock();
	t = link->dead ? ERR_PTR(-ENODEV) :
			 gtp_find(link, info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(t);
	if (err)
		goto out;

	err = -ENOMEM;
	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_ATOMIC);
	if (!msg)
		goto out;
	hdr = genlmsg_put(msg, info->snd_portid, info->snd_seq,
			  &gtp_genl_family, 0, GTP_CMD_GETPDP);
	err = hdr ? gtp_fill_tunnel(msg, link, t, gtp_request(info->attrs)) :
		    -EMSGSIZE;
	if (!err)
		genlmsg_end(msg, hdr);
out:
	rcu_read_unlock();
	mutex_unlock(&link->lock);
	gtp_link_put(link);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

static int gtp_genl_echo(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct gtp_addr local = {}, peer = {};
	struct gtp_link *link;
	int err;

	if (!attrs[GTPA_VERSION] || !attrs[GTPA_LINK] ||
	    !((attrs[GTPA_PEER_ADDRESS] && attrs[GTPA_MS_ADDRESS]) ||
	      (attrs[GTPA_PEER_ADDR6] && attrs[GTPA_MS_ADDR6])))
		return gtp_missing(info->extack,
				   "VERSION, LINK, peer and local (MS) address are needed");

	link = gtp_link_hold(genl_info_net(info), attrs, info->extack);
	if (!link)
		return -ENODEV;

	mutex_lock(&link->lock);
	err = -ENODEV;
	if (link->dead)
		goto out;
	if (!link->own_sockets) {
		NL_SET_ERR_MSG(info->extack, "the owner of the link's sockets sends its echoes");
		err = -EOPNOTSUPP;
		goto out;
	}
	if (!netif_running(link->dev)) {
		NL_SET_ERR_MSG(info->extack, "link is down");
		err = -ENETDOWN;
		goto out;
	}
	if (nla_get_u32(attrs[GTPA_VERSION]) > GTP_V1) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[GTPA_VERSION],
				    "VERSION is 0 or 1");
		goto out;
	}
	err = gtp_parse_peer(attrs, link, &peer, info->extack);
	if (err)
		goto out;
	local.family = peer.family;
	if (peer.family == AF_INET)
		local.v4 = nla_get_in_addr(attrs[GTPA_MS_ADDRESS]);
	else
		local.v6 = nla_get_in6_addr(attrs[GTPA_MS_ADDR6]);

	err = gtp_echo_send(link, nla_get_u32(attrs[GTPA_VERSION]), &local,
			    &peer);
	if (err && err != -ENOMEM && err != -ENOBUFS) {
		NL_SET_ERR_MSG(info->extack, "no route to the peer");
		err = -ENODEV;
	}
out:
	mutex_unlock(&link->lock);
	gtp_link_put(link);
	return err;
}

static int gtp_genl_getlink(struct sk_buff *skb, struct genl_info *info)
{
	struct gtp_link *link;
	struct sk_buff *msg;
	int err;

	if (!info->attrs[GTPA_LINK])
		return gtp_missing(info->extack, "LINK missing");
	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	link = gtp_link_hold(genl_info_net(info), info->attrs, info->extack);
	if (!link) {
		nlmsg_free(msg);
		return -ENODEV;
	}
	mutex_lock(&link->lock);
	err = link->dead ? -ENODEV :
	      gtp_put_link(msg, link, info->snd_portid, info->snd_seq, 0);
	mutex_unlock(&link->lock);
	gtp_link_put(link);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

/* As mainline's: unknown attributes pass, lengths are checked liberally. */
#define GTP_VALIDATE (GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP_STRICT)

static const struct genl_ops gtp_genl_ops[] = {
	{
		.cmd = GTP_CMD_NEWPDP,
		.validate = GTP_VALIDATE,
		.doit = gtp_genl_new,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = GTP_CMD_DELPDP,
		.validate = GTP_VALIDATE,
		.doit = gtp_genl_del,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = GTP_CMD_GETPDP,
		.validate = GTP_VALIDATE,
		.doit = gtp_genl_get,
		.dumpit = gtp_genl_dump,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = GTP_CMD_ECHOREQ,
		.validate = GTP_VALIDATE,
		.doit = gtp_genl_echo,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = GTP_CMD_GETLINK,
		.doit = gtp_genl_getlink,
		.dumpit = gtp_genl_dumplink,
		.flags = GENL_ADMIN_PERM,
	},
};

static const struct genl_multicast_group gtp_genl_groups[] = {
	{ .name = GTP_GENL_MCGRP_NAME },
};

struct genl_family gtp_genl_family __ro_after_init = {
	.name		= "gtp",
	.version	= GTP_GENL_FAMILY_VERSION,
	.maxattr	= GTPA_TOOLS_MAX,
	.policy		= gtp_genl_policy,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.ops		= gtp_genl_ops,
	.n_ops		= ARRAY_SIZE(gtp_genl_ops),
	.resv_start_op	= GTP_CMD_ECHOREQ + 1,
	.mcgrps		= gtp_genl_groups,
	.n_mcgrps	= ARRAY_SIZE(gtp_genl_groups),
};
