// SPDX-License-Identifier: GPL-2.0
/*
 * A link's UDP sockets. Either the link makes them and is their only owner,
 * or user space hands its own in: then it may close one at any moment, even
 * while the link goes, and whoever comes first detaches the socket.
 */

#include <linux/net.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include <net/udp.h>

#include "gtp.h"

static void gtp_socket_attach(struct gtp_link *link, struct socket *sock,
			      u8 encap_type)
{
	struct udp_tunnel_sock_cfg cfg = {
		.sk_user_data	= link,
		.encap_type	= encap_type,
		.encap_rcv	= gtp_encap_rcv,
		.encap_destroy	= gtp_encap_destroy,
		.gro_receive	= gtp_gro_receive,
		.gro_complete	= gtp_gro_complete,
	};

	setup_udp_tunnel_sock(sock_net(sock->sk), sock, &cfg);
}

/*
 * Let go of a user's socket. Callers may race (close() against link deletion):
 * the one that clears sk_user_data drops the reference. RCU keeps the link for
 * the one that comes from close() and holds no reference to it.
 */
static void gtp_socket_detach(struct sock *sk)
{
	struct gtp_link *link;

	lock_sock(sk);
	rcu_read_lock();
	link = rcu_dereference_sk_user_data(sk);
	if (link) {
		WRITE_ONCE(udp_sk(sk)->encap_type, 0);
		WRITE_ONCE(udp_sk(sk)->encap_rcv, NULL);
		WRITE_ONCE(udp_sk(sk)->encap_destroy, NULL);
		WRITE_ONCE(udp_sk(sk)->gro_receive, NULL);
		WRITE_ONCE(udp_sk(sk)->gro_complete, NULL);
		rcu_assign_sk_user_data(sk, NULL);
		if (rcu_access_pointer(link->sk0) == sk)
			RCU_INIT_POINTER(link->sk0, NULL);
		else
			RCU_INIT_POINTER(link->sk1, NULL);
	}
	rcu_read_unlock();
	release_sock(sk);
	if (link)
		sock_put(sk);
}

/* The last file descriptor is being closed; no locks held. */
void gtp_encap_destroy(struct sock *sk)
{
	gtp_socket_detach(sk);
}

/* RTNL. */
static int gtp_socket_take(struct gtp_link *link, struct nlattr *attr,
			   u8 encap_type, struct sock __rcu **slot,
			   struct netlink_ext_ack *extack)
{
	int err, fd = nla_get_u32(attr);
	struct socket *sock;
	struct sock *sk;

	/* (u32)-1 is what libgtpnl says for "none". */
	if (fd < 0)
		return 0;

	sock = sockfd_lookup(fd, &err);
	if (!sock) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "not the file descriptor of a socket");
		return err;
	}
	sk = sock->sk;
	if (sk->sk_protocol != IPPROTO_UDP || sk->sk_type != SOCK_DGRAM ||
	    (sk->sk_family != AF_INET && sk->sk_family != AF_INET6)) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "not a UDP socket");
		err = -EINVAL;
		goto out;
	}
	if (sk->sk_family == AF_INET6 && !ipv6_only_sock(sk)) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "an IPv6 socket must be IPV6_V6ONLY");
		err = -EADDRNOTAVAIL;
		goto out;
	}
	if (link->family && link->family != sk->sk_family) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "both sockets must be of one family");
		err = -EINVAL;
		goto out;
	}

	lock_sock(sk);
	if (rcu_access_pointer(__sk_user_data(sk))) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "socket is in use by a tunnel");
		err = -EBUSY;
	} else {
		sock_hold(sk);
		rcu_assign_pointer(*slot, sk);
		link->family = sk->sk_family;
		gtp_socket_attach(link, sock, encap_type);
		err = 0;
	}
	release_sock(sk);
out:
	sockfd_put(sock);
	return err;
}

/* RTNL. */
static int gtp_socket_make(struct gtp_link *link, struct nlattr *data[],
			   u8 encap_type, __be16 port, struct sock __rcu **slot,
			   struct netlink_ext_ack *extack)
{
	struct udp_port_cfg cfg = {
		.family = AF_INET,
		.local_udp_port = port,
		.use_udp6_rx_checksums = true,
		.use_udp6_tx_checksums = true,
	};
	struct socket *sock;
	int err;

	if (data[IFLA_GTP_LOCAL6]) {
		cfg.family = AF_INET6;
		cfg.ipv6_v6only = true;
#if IS_ENABLED(CONFIG_IPV6)
		cfg.local_ip6 = nla_get_in6_addr(data[IFLA_GTP_LOCAL6]);
#endif
	} else if (data[IFLA_GTP_LOCAL]) {
		cfg.local_ip.s_addr = nla_get_in_addr(data[IFLA_GTP_LOCAL]);
	}

	err = udp_sock_create(link->net, &cfg, &sock);
	if (err) {
		if (port == htons(GTP1_UDP_PORT))
			NL_SET_ERR_MSG(extack, "cannot bind a socket to port 2152");
		else
			NL_SET_ERR_MSG(extack, "cannot bind a socket to port 3386");
		return err;
	}
	rcu_assign_pointer(*slot, sock->sk);
	link->family = cfg.family;
	gtp_socket_attach(link, sock, encap_type);
	return 0;
}

/* RTNL. On failure nothing is left open, and a user's socket is as it was. */
int gtp_sockets_open(struct gtp_link *link, struct nlattr *data[],
		     struct netlink_ext_ack *extack)
{
	int err = 0;

	if (!data[IFLA_GTP_CREATE_SOCKETS] && !data[IFLA_GTP_FD0] &&
	    !data[IFLA_GTP_FD1]) {
		NL_SET_ERR_MSG(extack, "a gtp link needs sockets: FD0, FD1 or CREATE_SOCKETS");
		return -EINVAL;
	}

	link->own_sockets = data[IFLA_GTP_CREATE_SOCKETS];
	if (link->own_sockets) {
		err = gtp_socket_make(link, data, UDP_ENCAP_GTP0,
				      htons(GTP0_UDP_PORT), &link->sk0, extack);
		if (!err)
			err = gtp_socket_make(link, data, UDP_ENCAP_GTP1U,
					      htons(GTP1_UDP_PORT), &link->sk1,
					      extack);
	} else {
		if (data[IFLA_GTP_FD0])
			err = gtp_socket_take(link, data[IFLA_GTP_FD0],
					      UDP_ENCAP_GTP0, &link->sk0, extack);
		if (!err && data[IFLA_GTP_FD1])
			err = gtp_socket_take(link, data[IFLA_GTP_FD1],
					      UDP_ENCAP_GTP1U, &link->sk1, extack);
	}
	if (err)
		gtp_sockets_close(link);
	return err;
}

/*
 * The socket in @slot with a reference of our own, or NULL. Its owner may be
 * closing it right now: RCU keeps the memory, the refcount says if it lives.
 */
static struct sock *gtp_socket_grab(struct sock __rcu **slot)
{
	struct sock *sk;

	rcu_read_lock();
	sk = rcu_dereference(*slot);
	if (sk && !refcount_inc_not_zero(&sk->sk_refcnt))
		sk = NULL;
	rcu_read_unlock();
	return sk;
}

static void gtp_socket_close(struct gtp_link *link, struct sock __rcu **slot)
{
	struct sock *sk;

	if (link->own_sockets) {
		sk = rcu_dereference_protected(*slot, 1);
		RCU_INIT_POINTER(*slot, NULL);
		/* Ours alone, so there is no descriptor to race with. */
		if (sk) {
			WRITE_ONCE(udp_sk(sk)->encap_destroy, NULL);
			udp_tunnel_sock_release(sk->sk_socket);
		}
		return;
	}
	sk = gtp_socket_grab(slot);
	if (sk) {
		gtp_socket_detach(sk);
		sock_put(sk);
	}
}

/* RTNL. The caller waits for RCU before it frees what receive looks at. */
void gtp_sockets_close(struct gtp_link *link)
{
	gtp_socket_close(link, &link->sk0);
	gtp_socket_close(link, &link->sk1);
}
