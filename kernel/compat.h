/* SPDX-License-Identifier: GPL-2.0 */
/* What differs between the kernels this builds on: 6.1 to 6.12. */
#ifndef _GTP_COMPAT_H
#define _GTP_COMPAT_H

#include <linux/version.h>
#include <linux/netdevice.h>
#include <linux/if_link.h>
#include <linux/u64_stats_sync.h>
#include <net/genetlink.h>
#include <net/gro.h>
#include <net/route.h>
#include <net/udp_tunnel.h>
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#include <net/gso.h>
#endif
#include "uapi/linux/gtp.h"

/* In the uAPI since 6.11; accepted by this module everywhere. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
#define IFLA_GTP_LOCAL	7
#define IFLA_GTP_LOCAL6	8
#endif

/* Transmit without the queue's lock: a feature flag became a field. */
static inline void gtp_compat_lltx(struct net_device *dev)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

/* The core allocates dev->tstats itself since 6.9. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
static inline void gtp_compat_tstats_setup(struct net_device *dev)
{
	dev->pcpu_stat_type = NETDEV_PCPU_STAT_TSTATS;
}

static inline int gtp_compat_tstats_init(struct net_device *dev)
{
	return 0;
}

static inline void gtp_compat_tstats_free(struct net_device *dev)
{
}
#else
static inline void gtp_compat_tstats_setup(struct net_device *dev)
{
}

static inline int gtp_compat_tstats_init(struct net_device *dev)
{
	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	return dev->tstats ? 0 : -ENOMEM;
}

static inline void gtp_compat_tstats_free(struct net_device *dev)
{
	free_percpu(dev->tstats);
	dev->tstats = NULL;
}
#endif

/* The type-safe way down from a dst came with 6.10. */
static inline struct rtable *gtp_compat_rtable(struct dst_entry *dst)
{
	return container_of(dst, struct rtable, dst);
}

/* Where a dump finds the attributes of its request. */
static inline struct nlattr **gtp_compat_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return genl_info_dump(cb)->attrs;
#else
	return (struct nlattr **)genl_dumpit_info(cb)->attrs;
#endif
}

/* Reason codes of the core that fit; the drop tracepoint has our own. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#include <net/dropreason.h>
#endif

#endif
