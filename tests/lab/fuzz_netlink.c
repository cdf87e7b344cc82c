/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random netlink against our module: every command with attributes that are
 * random, or nearly right, or right; links made and ended between.
 *   fuzz_netlink SEED SECONDS
 * Works in the network namespace it is started in, on links gtpc, gtpd and
 * its own. Ends with a line of how many requests there were, and how many of
 * each command succeeded: a fuzzer that never gets past the door finds nothing.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "../../kernel/uapi/linux/gtp.h"

struct message {
	struct nlmsghdr nlh;
	char body[4096];
};

static int genl, rtnl, ears;
static uint16_t family;
static uint32_t group;
static unsigned long requests, accepted[3];
static const char *const links[] = { "gtpc", "gtpd", "gtpf0", "gtpf1" };

static struct nlattr *put(struct message *m, uint16_t type, const void *data,
			  unsigned int len)
{
	struct nlattr *a = (void *)((char *)m + NLMSG_ALIGN(m->nlh.nlmsg_len));

	if (m->nlh.nlmsg_len + len + 64 > sizeof(*m))
		return a;
	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + len;
	memcpy(a + 1, data, len);
	m->nlh.nlmsg_len = NLMSG_ALIGN(m->nlh.nlmsg_len) + NLA_ALIGN(a->nla_len);
	return a;
}

static void put_number(struct message *m, uint16_t type, uint64_t value,
		       unsigned int len)
{
	put(m, type, &value, len);
}

static void nest_end(struct message *m, struct nlattr *nest)
{
	nest->nla_len = (char *)m + m->nlh.nlmsg_len - (char *)nest;
}

static void put_noise(struct message *m, unsigned int types)
{
	uint8_t noise[64];
	unsigned int i;

	for (i = 0; i < sizeof(noise); i++)
		noise[i] = chance();
	put(m, pick(types) | (rarely(8) ? NLA_F_NESTED : 0), noise,
	    pick(rarely(4) ? sizeof(noise) : 18));
}

/* Sends @m and reads what comes, at most; 0 or the error. */
static int ask(int sock, struct message *m, int kind)
{
	static char answer[65536];
	bool dump = m->nlh.nlmsg_flags & NLM_F_DUMP &&
		    (m->nlh.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	int turns = dump ? pick(5) : 64;
	ssize_t n;

	requests++;
	m->nlh.nlmsg_seq = requests;
	if (send(sock, m, m->nlh.nlmsg_len, 0) < 0)
		return errno;
	while (turns--) {
		n = recv(sock, answer, rarely(8) ? pick(300) + 16 : sizeof(answer),
			 MSG_DONTWAIT);
		if (n < (ssize_t)sizeof(struct nlmsghdr))
			break;
		if (((struct nlmsghdr *)answer)->nlmsg_type == NLMSG_ERROR) {
			int err = -((struct nlmsgerr *)(answer + NLMSG_HDRLEN))->error;

			if (!err)
				accepted[kind]++;
			return err;
		}
		if (((struct nlmsghdr *)answer)->nlmsg_type == NLMSG_DONE)
			break;
	}
	return 0;
}

static int open_netlink(int protocol)
{
	int sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), one = 1;
	struct sockaddr_nl me = { .nl_family = AF_NETLINK };

	if (sock < 0 || bind(sock, (void *)&me, sizeof(me)))
		die("netlink");
	if (rarely(2))
		setsockopt(sock, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	return sock;
}

static void find_family(void)
{
	struct message m = { .nlh = { .nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN,
				      .nlmsg_type = GENL_ID_CTRL,
				      .nlmsg_flags = NLM_F_REQUEST } };
	struct genlmsghdr *g = NLMSG_DATA(&m.nlh);
	char answer[8192], *p;
	ssize_t n;

	g->cmd = CTRL_CMD_GETFAMILY;
	put(&m, CTRL_ATTR_FAMILY_NAME, "gtp", 4);
	send(genl, &m, m.nlh.nlmsg_len, 0);
	n = recv(genl, answer, sizeof(answer), 0);
	for (p = answer + NLMSG_HDRLEN + GENL_HDRLEN; p + 4 < answer + n;
	     p += NLA_ALIGN(((struct nlattr *)p)->nla_len)) {
		struct nlattr *a = (void *)p;

		if (a->nla_type == CTRL_ATTR_FAMILY_ID)
			family = *(uint16_t *)(a + 1);
		/* A nest in a nest: the id is the second of two attributes. */
		if (a->nla_type == CTRL_ATTR_MCAST_GROUPS)
			group = *(uint32_t *)(p + 4 + 4 + 4);
		if (a->nla_len < 4)
			break;
	}
	if (!family)
		die("no family gtp");
}

/* Right in type and length, and often in value: one link, few tunnels. */
static void put_right(struct message *m, uint16_t type)
{
	struct in6_addr six = { .s6_addr = { 0xfd, 0x45, [7] = pick(40) } };
	uint32_t four = htonl(0x0a2d0000 + pick(60));
	unsigned int tries = 6, index = 0;

	switch (type) {
	case GTPA_LINK:
		while (!index && tries--)
			index = if_nametoindex(links[pick(COUNT(links))]);
		put_number(m, type, index, 4);
		return;
	case GTPA_VERSION:
		put_number(m, type, rarely(4) ? number() : !rarely(4), 4);
		return;
	case GTPA_TID:
	case GTPA_SINCE:
		put_number(m, type, pick(60), 8);
		return;
	case GTPA_MS_ADDRESS:
		put(m, type, &four, 4);
		return;
	case GTPA_PEER_ADDRESS:
		four = htonl(rarely(6) ? (uint32_t)number() : 0xac1f0002 + pick(3));
		put(m, type, &four, 4);
		return;
	case GTPA_PEER_ADDR6:
		inet_pton(AF_INET6, "fd31::2", &six);
		/* fallthrough */
	case GTPA_MS_ADDR6:
		if (rarely(10))
			six.s6_addr[15] = 1;
		put(m, type, &six, 16);
		return;
	case GTPA_FAMILY:
		put_number(m, type, rarely(2) ? AF_INET : AF_INET6, 1);
		return;
	case GTPA_FLOW:
	case GTPA_SEQUENCE:
		put_number(m, type, pick(8), 2);
		return;
	case GTPA_QFI:
	case GTPA_PDU_TYPE:
		put_number(m, type, pick(rarely(4) ? 256 : 2), 1);
		return;
	case GTPA_NET_NS_FD:
		if (rarely(4))
			put_number(m, type, pick(12), 4);
		return;
	case GTPA_REQUEST:
		put_number(m, type, rarely(8) ? chance() : pick(16), 4);
		return;
	default:
		put_number(m, type, pick(60), 4);
	}
}

static void tunnel_request(void)
{
	static const uint8_t cmds[] = { 0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 64, 64 };
	static const uint16_t flags[] = { 0, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_CREATE,
					  NLM_F_DUMP };
	static const uint16_t four[] = { GTPA_VERSION, GTPA_LINK, GTPA_MS_ADDRESS,
					 GTPA_PEER_ADDRESS, GTPA_I_TEI, GTPA_O_TEI },
		six[] = { GTPA_VERSION, GTPA_LINK, GTPA_MS_ADDR6, GTPA_FAMILY,
			  GTPA_PEER_ADDRESS, GTPA_I_TEI, GTPA_O_TEI },
		old[] = { GTPA_VERSION, GTPA_LINK, GTPA_MS_ADDRESS,
			  GTPA_PEER_ADDRESS, GTPA_TID, GTPA_FLOW };
	static const struct { const uint16_t *types; unsigned int n; } shapes[] = {
		{ four, COUNT(four) }, { six, COUNT(six) }, { old, COUNT(old) },
	};
	struct message m = { .nlh = { .nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN,
				      .nlmsg_type = family } };
	struct genlmsghdr *g = NLMSG_DATA(&m.nlh);
	unsigned int shape = pick(COUNT(shapes)), i;
	bool tidy = !rarely(3);

	m.nlh.nlmsg_flags = NLM_F_REQUEST | flags[pick(COUNT(flags))];
	if (m.nlh.nlmsg_flags == NLM_F_REQUEST || !rarely(4))
		m.nlh.nlmsg_flags |= NLM_F_ACK;
	g->cmd = rarely(16) ? chance() : cmds[pick(sizeof(cmds))];
	if (g->cmd == 3)
		shape = 0;
	for (i = 0; i < shapes[shape].n; i++)
		if (tidy || !rarely(6))
			put_right(&m, shapes[shape].types[i]);
	if (rarely(3))
		put_right(&m, GTPA_REQUEST);
	for (i = tidy ? 0 : pick(6); i; i--) {
		if (rarely(3))
			put_noise(&m, 90);
		else
			put_right(&m, rarely(2) ? pick(__GTPA_MAX) :
				  64 + pick(__GTPA_TOOLS_MAX - 64));
	}
	if (rarely(40))
		m.nlh.nlmsg_len -= pick(m.nlh.nlmsg_len - NLMSG_HDRLEN + 1);
	ask(genl, &m, g->cmd == 0 ? 0 : 1);
}

static int udp_socket(void)
{
	int domain = rarely(3) ? AF_INET6 : AF_INET, one = 1, sock;

	sock = socket(domain, rarely(12) ? SOCK_STREAM : SOCK_DGRAM, 0);
	if (domain == AF_INET6 && !rarely(6))
		setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	return sock;
}

static void put_link_data(struct message *m, const int *socks)
{
	struct in6_addr six = { .s6_addr = { [15] = pick(2) } };
	unsigned int i;

	if (!rarely(3))
		put_number(m, IFLA_GTP_FD0, socks[0], 4);
	if (!rarely(3))
		put_number(m, IFLA_GTP_FD1, socks[rarely(8) ? 0 : 1], 4);
	if (rarely(4))
		put_number(m, IFLA_GTP_CREATE_SOCKETS, 1, 1);
	if (rarely(6))
		put(m, 8, &six, 16);
	if (rarely(4))
		put_number(m, IFLA_GTP_ROLE, pick(3), 4);
	if (rarely(4))
		put_number(m, IFLA_GTP_PDP_HASHSIZE, number(), 4);
	if (rarely(4))
		put_number(m, IFLA_GTP_OPTIONS, pick(3), 4);
	for (i = rarely(4) ? pick(4) : 0; i; i--)
		put_noise(m, 52);
}

/* A link made or changed, sometimes ended; its sockets closed at any time. */
static void link_request(void)
{
	static int socks[2] = { -1, -1 };
	struct message m = { .nlh = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)),
				      .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK } };
	struct ifinfomsg *ifi = NLMSG_DATA(&m.nlh);
	const char *name = links[2 + pick(2)];
	struct nlattr *info, *data;
	unsigned int what = pick(8), i;

	for (i = 0; i < 2; i++)
		if (socks[i] < 0 || rarely(3)) {
			if (socks[i] >= 0)
				close(socks[i]);
			socks[i] = udp_socket();
		}
	if (what < 3) {
		m.nlh.nlmsg_type = RTM_DELLINK;
		put(&m, IFLA_IFNAME, name, strlen(name) + 1);
		ask(rtnl, &m, 2);
		return;
	}
	m.nlh.nlmsg_type = RTM_NEWLINK;
	if (what < 7)
		m.nlh.nlmsg_flags |= NLM_F_CREATE | (rarely(2) ? NLM_F_EXCL : 0);
	if (!rarely(4)) {
		ifi->ifi_flags = IFF_UP;
		ifi->ifi_change = IFF_UP;
	}
	put(&m, IFLA_IFNAME, name, strlen(name) + 1);
	if (rarely(4))
		put_number(&m, IFLA_MTU, number(), 4);
	info = put(&m, IFLA_LINKINFO | NLA_F_NESTED, "", 0);
	put(&m, IFLA_INFO_KIND, "gtp", 4);
	data = put(&m, IFLA_INFO_DATA | NLA_F_NESTED, "", 0);
	put_link_data(&m, socks);
	nest_end(&m, data);
	nest_end(&m, info);
	ask(rtnl, &m, 2);
}

int main(int argc, char **argv)
{
	static char event[65536];
	double end;

	if (argc != 3)
		return 2;
	chance_seed(argv[1]);
	end = now() + atof(argv[2]);
	genl = open_netlink(NETLINK_GENERIC);
	rtnl = open_netlink(NETLINK_ROUTE);
	ears = open_netlink(NETLINK_GENERIC);
	find_family();
	setsockopt(ears, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
	while (now() < end) {
		tunnel_request();
		if (rarely(60))
			link_request();
		if (rarely(16))
			while (recv(ears, event, sizeof(event), MSG_DONTWAIT) > 0)
				;
		if (rarely(50)) {
			/* With a dump half read, perhaps. */
			close(genl);
			genl = open_netlink(NETLINK_GENERIC);
		}
	}
	printf("%lu requests; accepted: %lu new tunnels or updates, %lu others, %lu links\n",
	       requests, accepted[0], accepted[1], accepted[2]);
	return 0;
}
