/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tunnels by the million: tunnel n has the TEIDs n+1 and the address 10.0.0.0+n.
 *   tunnels add LINK FROM COUNT      in batches of 100, each acknowledged
 *   tunnels del LINK FROM COUNT
 *   tunnels churn LINK FROM COUNT SECONDS    adds and removes them all the time
 *   tunnels dump LINK FROM COUNT     each of these once; others may be there too
 * Prints microseconds per tunnel.
 */
#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "../../kernel/uapi/linux/gtp.h"

#define BATCH 100

static int sock;
static uint16_t family;
static uint32_t link_index, seq;
static uint8_t buf[1 << 18];

static uint8_t *put(uint8_t *p, uint16_t type, const void *data, uint16_t len)
{
	struct nlattr a = { .nla_len = NLA_HDRLEN + len, .nla_type = type };

	memcpy(p, &a, sizeof(a));
	memset(p + NLA_HDRLEN, 0, NLA_ALIGN(len));
	memcpy(p + NLA_HDRLEN, data, len);
	return p + NLA_HDRLEN + NLA_ALIGN(len);
}

static uint8_t *put32(uint8_t *p, uint16_t type, uint32_t value)
{
	return put(p, type, &value, 4);
}

/* A request at @at; returns what is behind its generic header. */
static uint8_t *begin(uint8_t *at, uint16_t type, uint16_t flags, uint8_t cmd)
{
	struct nlmsghdr nlh = { .nlmsg_type = type, .nlmsg_seq = ++seq,
				.nlmsg_flags = NLM_F_REQUEST | flags };
	struct genlmsghdr g = { .cmd = cmd };

	memcpy(at, &nlh, sizeof(nlh));
	memcpy(at + NLMSG_HDRLEN, &g, sizeof(g));
	return at + NLMSG_HDRLEN + GENL_HDRLEN;
}

static uint8_t *end(uint8_t *at, uint8_t *p)
{
	((struct nlmsghdr *)at)->nlmsg_len = p - at;
	return p;
}

static void find_family(void)
{
	ssize_t n;
	uint8_t *p = begin(buf, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);

	p = end(buf, put(p, CTRL_ATTR_FAMILY_NAME, "gtp", 4));
	send(sock, buf, p - buf, 0);
	n = recv(sock, buf, sizeof(buf), 0);
	for (p = buf + NLMSG_HDRLEN + GENL_HDRLEN; p + 4 < buf + n;
	     p += NLA_ALIGN(((struct nlattr *)p)->nla_len)) {
		if (((struct nlattr *)p)->nla_type == CTRL_ATTR_FAMILY_ID)
			family = *(uint16_t *)(p + 4);
		if (((struct nlattr *)p)->nla_len < 4)
			break;
	}
	if (!family)
		die("no family gtp");
}

static void change(uint8_t cmd, uint32_t from, uint32_t count)
{
	uint32_t n = from, last;
	uint8_t *at, *p;

	while (n < from + count) {
		last = n + BATCH < from + count ? n + BATCH : from + count;
		for (at = buf; n < last; n++, at = end(at, p)) {
			p = begin(at, family, (n == last - 1 ? NLM_F_ACK : 0) |
				  (cmd == GTP_CMD_NEWPDP ? NLM_F_EXCL : 0), cmd);
			p = put32(p, GTPA_VERSION, 1);
			p = put32(p, GTPA_LINK, link_index);
			p = put32(p, GTPA_MS_ADDRESS, htonl(0x0a000000 + n));
			if (cmd != GTP_CMD_NEWPDP)
				continue;
			p = put32(p, GTPA_PEER_ADDRESS, htonl(0xac1f0001 + n % 100));
			p = put32(p, GTPA_I_TEI, n + 1);
			p = put32(p, GTPA_O_TEI, n + 1);
		}
		send(sock, buf, at - buf, 0);
		if (recv(sock, buf, sizeof(buf), 0) < 20 ||
		    ((struct nlmsghdr *)buf)->nlmsg_type != NLMSG_ERROR ||
		    ((struct nlmsgerr *)(buf + NLMSG_HDRLEN))->error) {
			fprintf(stderr, "refused near tunnel %u\n", n);
			exit(1);
		}
	}
}

static uint32_t tei_of(const uint8_t *p, const uint8_t *stop)
{
	while (p + 4 <= stop && ((const struct nlattr *)p)->nla_len >= 4) {
		if (((const struct nlattr *)p)->nla_type == GTPA_I_TEI)
			return *(const uint32_t *)(p + 4);
		p += NLA_ALIGN(((const struct nlattr *)p)->nla_len);
	}
	return 0;
}

static int dump(uint32_t from, uint32_t count)
{
	uint8_t *seen = calloc(count, 1), *p = begin(buf, family, NLM_F_DUMP, GTP_CMD_GETPDP);
	uint32_t others = 0, twice = 0, missing = 0, n;
	bool done = false, interrupted = false;
	ssize_t len;

	p = end(buf, put32(p, GTPA_REQUEST, GTP_REQ_COUNTERS));
	send(sock, buf, p - buf, 0);
	while (!done) {
		len = recv(sock, buf, sizeof(buf), 0);
		if (len <= 0)
			die("dump");
		for (p = buf; p < buf + len;) {
			struct nlmsghdr *nlh = (void *)p;

			interrupted |= nlh->nlmsg_flags & NLM_F_DUMP_INTR;
			if (nlh->nlmsg_type == NLMSG_DONE) {
				done = true;
				break;
			}
			n = tei_of(p + NLMSG_HDRLEN + GENL_HDRLEN, p + nlh->nlmsg_len) - 1 - from;
			if (n >= count)
				others++;
			else if (seen[n]++)
				twice++;
			p += NLMSG_ALIGN(nlh->nlmsg_len);
		}
	}
	for (n = 0; n < count; n++)
		missing += !seen[n];
	printf("dump: %u missing, %u twice, %u others, %s; ", missing, twice, others,
	       interrupted ? "interrupted" : "not interrupted");
	free(seen);
	return missing || twice;
}

int main(int argc, char **argv)
{
	uint32_t from, count, rounds = 0;
	double start, stop;
	int failed = 0;

	if (argc < 5)
		return 2;
	sock = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	find_family();
	link_index = if_nametoindex(argv[2]);
	from = atoi(argv[3]);
	count = atoi(argv[4]);
	start = now();
	if (!strcmp(argv[1], "add")) {
		change(GTP_CMD_NEWPDP, from, count);
	} else if (!strcmp(argv[1], "del")) {
		change(GTP_CMD_DELPDP, from, count);
	} else if (!strcmp(argv[1], "dump")) {
		failed = dump(from, count);
	} else if (argc > 5) {
		for (stop = start + atof(argv[5]); now() < stop; rounds += 2) {
			change(GTP_CMD_NEWPDP, from, count);
			change(GTP_CMD_DELPDP, from, count);
		}
		count *= rounds ? rounds : 1;
	}
	printf("%s: %u tunnels, %.2f us each\n", argv[1], count, (now() - start) * 1e6 / count);
	return failed;
}
