// SPDX-License-Identifier: GPL-2.0
/* Loading and unloading, and what happens when a network namespace ends. */

#include <linux/module.h>
#include <linux/rtnetlink.h>

#include "gtp.h"

unsigned int gtp_net_id __read_mostly;

static int __net_init gtp_net_init(struct net *net)
{
	struct gtp_net *gn = net_generic(net, gtp_net_id);

	INIT_LIST_HEAD(&gn->links);
	return 0;
}

/*
 * The namespace of a link's sockets ends: the link, wherever it was moved to,
 * ends with them. A link that is in a dying namespace itself is deleted by the
 * core; gtp_link_delete() has taken it off the list by then, or we get it
 * first and the core finds it gone. RTNL makes it one or the other.
 */
static void __net_exit gtp_net_exit_batch(struct list_head *nets)
{
	struct gtp_link *link, *next;
	LIST_HEAD(kill);
	struct net *net;

	rtnl_lock();
	list_for_each_entry(net, nets, exit_list) {
		struct gtp_net *gn = net_generic(net, gtp_net_id);

		list_for_each_entry_safe(link, next, &gn->links, list)
			gtp_link_delete(link->dev, &kill);
	}
	unregister_netdevice_many(&kill);
	rtnl_unlock();
}

static struct pernet_operations gtp_net_ops = {
	.init		= gtp_net_init,
	.exit_batch	= gtp_net_exit_batch,
	.id		= &gtp_net_id,
	.size		= sizeof(struct gtp_net),
};

static int __init gtp_init(void)
{
	int err;

	err = gtp_tunnel_init();
	if (err)
		return err;

	/* Requests find links through pernet data: that comes first. */
	err = register_pernet_subsys(&gtp_net_ops);
	if (err)
		goto err_tunnel;

	err = rtnl_link_register(&gtp_link_ops);
	if (err)
		goto err_net;

	err = genl_register_family(&gtp_genl_family);
	if (err)
		goto err_link;

	return 0;

err_link:
	rtnl_link_unregister(&gtp_link_ops);
err_net:
	unregister_pernet_subsys(&gtp_net_ops);
err_tunnel:
	gtp_tunnel_exit();
	return err;
}

static void __exit gtp_exit(void)
{
	genl_unregister_family(&gtp_genl_family);
	rtnl_link_unregister(&gtp_link_ops);
	unregister_pernet_subsys(&gtp_net_ops);
	/* Waits for the workers that free tables, then for RCU callbacks. */
	gtp_tunnel_exit();
}

module_init(gtp_init);
module_exit(gtp_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("GTP-U tunnel endpoint (gtp-tools)");
/* DKMS compares it with the kernel's own gtp.ko, which has none. */
MODULE_VERSION("0.1.0");
MODULE_ALIAS_RTNL_LINK("gtp");
MODULE_ALIAS_GENL_FAMILY("gtp");
