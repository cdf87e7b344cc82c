/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Mutated packets against our module, three ways:
 *   fuzz_packets SEED SECONDS CORPUS udp ADDRESS ...   datagrams to GTP's ports
 *   fuzz_packets SEED SECONDS CORPUS link NAME ...     inner packets into a link
 *   fuzz_packets SEED SECONDS CORPUS tap NAME          frames, cut into pieces
 * CORPUS has UDP payloads, each behind its length in two octets, network order.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "fuzz.h"

#define MAX_SEEDS	20000
#define ROOM		66000

static struct { uint8_t *data; unsigned int len; } seeds[MAX_SEEDS];
static unsigned int n_seeds;
static unsigned long sent, refused[140];
static uint8_t buf[ROOM + 128];

static void load(const char *name)
{
	FILE *f = fopen(name, "rb");
	uint8_t head[2];

	if (!f)
		die(name);
	while (n_seeds < MAX_SEEDS && fread(head, 2, 1, f) == 1) {
		unsigned int len = head[0] << 8 | head[1];
		uint8_t *data = malloc(len + 1);

		if (!data || (len && fread(data, len, 1, f) != 1))
			die(name);
		seeds[n_seeds].data = data;
		seeds[n_seeds++].len = len;
	}
	fclose(f);
	if (!n_seeds)
		die("no messages in the corpus");
}

/* A message into @p, changed here and there; its length. */
static unsigned int mutate(uint8_t *p, unsigned int room)
{
	static const uint8_t octets[] = { 0, 1, 4, 0x20, 0x30, 0x34, 0x37, 0x45, 0x46,
					  0x60, 0x80, 0x85, 0xc0, 0xff };
	static const unsigned int reach[] = { 4, 12, 24, 60, 100, 2000 };
	static const unsigned int edits[] = { 0, 0, 1, 1, 2, 4, 16 };
	unsigned int which = pick(n_seeds), len = seeds[which].len, n, i, at;

	if (len > room)
		len = room;
	memcpy(p, seeds[which].data, len);
	for (n = edits[pick(COUNT(edits))]; n && len; n--) {
		at = reach[pick(COUNT(reach))];
		at = pick(at < len ? at : len);
		p[at] = rarely(3) ? chance() : octets[pick(sizeof(octets))];
		if (rarely(6))
			p[at] ^= 1u << pick(8);
	}
	/* TEIDs the tunnels of the test have. */
	if (!rarely(3) && len >= 8 && (p[0] >> 5) == 1) {
		p[4] = p[5] = p[6] = 0;
		p[7] = pick(12);
	}
	/* The length field, made right again or nearly. */
	if (rarely(2) && len >= 8) {
		n = len - 8 + (rarely(4) ? pick(8) - 4 : 0);
		p[2] = n >> 8;
		p[3] = n;
	}
	if (rarely(6))
		len = pick(len + 1);
	if (rarely(20) && len < room) {
		n = pick(room - len < 3000 ? room - len : 3000);
		for (i = 0; i < n; i++)
			p[len + i] = rarely(2) ? 0 : chance();
		len += n;
	}
	return len;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static uint32_t add(uint32_t sum, const uint8_t *p, unsigned int len)
{
	unsigned int i;

	for (i = 0; i + 1 < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	if (len & 1)
		sum += p[len - 1] << 8;
	return sum;
}

static void count(ssize_t n)
{
	if (n < 0)
		refused[errno < 140 ? errno : 0]++;
	else
		sent++;
}

static void by_udp(char **names, int n, double end)
{
	int four = socket(AF_INET, SOCK_DGRAM, 0), six = socket(AF_INET6, SOCK_DGRAM, 0);
	unsigned int batch;

	while (now() < end)
		for (batch = 0; batch < 64; batch++) {
			const char *name = names[pick(n)];
			uint16_t port = htons(rarely(5) ? 3386 : 2152);
			unsigned int len = mutate(buf, rarely(50) ? 60000 : 1900);

			if (strchr(name, ':')) {
				struct sockaddr_in6 to = { .sin6_family = AF_INET6,
							   .sin6_port = port };

				inet_pton(AF_INET6, name, &to.sin6_addr);
				count(sendto(six, buf, len, MSG_DONTWAIT, (void *)&to,
					     sizeof(to)));
			} else {
				struct sockaddr_in to = { .sin_family = AF_INET,
							  .sin_port = port };

				inet_pton(AF_INET, name, &to.sin_addr);
				count(sendto(four, buf, len, MSG_DONTWAIT, (void *)&to,
					     sizeof(to)));
			}
		}
}

/* An inner packet to or from the test's subscribers, TCP now and then. */
static unsigned int inner(uint8_t *p)
{
	static const unsigned int sizes[] = { 0, 1, 40, 1300, 1452, 1500, 9000, 40000 };
	unsigned int len = sizes[pick(COUNT(sizes))], head, i;
	uint8_t proto = rarely(2) ? 6 : 17;

	if (rarely(2)) {
		memcpy(p, "\x45\0\0\0\0\1\0\0\x40\0\0\0\x0a\x2d\0\x01\x0a\x2d\0", 19);
		p[19] = pick(12);
		p[9] = proto;
		p[6] = rarely(2) ? 0x40 : 0;
		head = 20;
		p[2] = (head + 20 + len) >> 8;
		p[3] = head + 20 + len;
	} else {
		memset(p, 0, 40);
		p[0] = 0x60;
		p[4] = (20 + len) >> 8;
		p[5] = 20 + len;
		p[6] = proto;
		p[7] = 64;
		p[8] = p[24] = 0xfd;
		p[9] = p[25] = 0x45;
		p[31] = pick(6);
		p[39] = 0x77;
		head = 40;
	}
	memset(p + head, 0, 20);
	p[head] = p[head + 2] = 0x23;
	p[head + 12] = 0x50 + (rarely(8) ? 0x10 * pick(11) : 0);
	p[head + 13] = 0x10;
	for (i = 0; i < len; i++)
		p[head + 20 + i] = i;
	for (i = rarely(3) ? pick(6) : 0; i; i--)
		p[pick(head + 20)] = chance();
	return head + 20 + len;
}

/* As a virtual machine's NIC would hand it over, super-packets and lies included. */
static void by_link(char **names, int n, double end)
{
	static const uint8_t types[] = { 0, 0, VIRTIO_NET_HDR_GSO_TCPV4, VIRTIO_NET_HDR_GSO_TCPV6,
					 VIRTIO_NET_HDR_GSO_UDP, 5,
					 VIRTIO_NET_HDR_GSO_TCPV4 | VIRTIO_NET_HDR_GSO_ECN };
	static const uint16_t protos[] = { ETH_P_IP, ETH_P_IPV6, ETH_P_ALL, 0, ETH_P_8021Q };
	int plain = socket(AF_PACKET, SOCK_RAW, 0), vnet = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	unsigned int batch;

	if (setsockopt(vnet, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		die("PACKET_VNET_HDR");
	while (now() < end)
		for (batch = 0; batch < 64; batch++) {
			struct virtio_net_hdr v = { 0 };
			unsigned int len, head;

			len = inner(buf + sizeof(v));
			head = (buf[sizeof(v)] >> 4) == 6 ? 40 : 20;
			to.sll_ifindex = if_nametoindex(names[pick(n)]);
			to.sll_protocol = htons(rarely(8) ? protos[pick(COUNT(protos))] :
						head == 20 ? ETH_P_IP : ETH_P_IPV6);
			if (rarely(6))
				len = pick(rarely(2) ? len : 60);
			if (rarely(3)) {
				count(sendto(plain, buf + sizeof(v), len, MSG_DONTWAIT,
					     (void *)&to, sizeof(to)));
				continue;
			}
			v.gso_type = types[pick(COUNT(types))];
			v.gso_size = rarely(6) ? number() : 1200 + pick(300);
			v.hdr_len = rarely(6) ? number() : head + 20;
			if (v.gso_type || rarely(2)) {
				v.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
				v.csum_start = rarely(10) ? pick(100) : head;
				v.csum_offset = rarely(10) ? pick(30) : 16;
			}
			memcpy(buf, &v, sizeof(v));
			count(sendto(vnet, buf, sizeof(v) + len, MSG_DONTWAIT, (void *)&to,
				     sizeof(to)));
		}
}

/*
 * Ethernet, IP, UDP, a mutated message; each piece of writev() becomes a
 * fragment of the packet. To 172.31.7.1, the tap's own address.
 */
static void by_tap(const char *name, double end)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_NAPI | IFF_NAPI_FRAGS };
	int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK), ctl;
	uint8_t mac[6];
	unsigned int batch;

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (tap < 0 || ioctl(tap, TUNSETIFF, &ifr))
		die("tap");
	ctl = socket(AF_INET, SOCK_DGRAM, 0);
	if (ioctl(ctl, SIOCGIFHWADDR, &ifr))
		die("SIOCGIFHWADDR");
	memcpy(mac, ifr.ifr_hwaddr.sa_data, 6);

	while (now() < end)
		for (batch = 0; batch < 64; batch++) {
			uint8_t *ip = buf + 14, *udp = ip + 20, trash[2048];
			unsigned int len = mutate(udp + 8, 1400), total, n = 0, at = 0;
			struct iovec iov[8];
			uint16_t port = rarely(6) ? 3386 : 2152, sum;

			memcpy(buf, mac, 6);
			memcpy(buf + 6, "\2\0\0\0\0\7\x08\0", 8);
			total = 28 + len;
			memcpy(ip, "\x45\0\0\0\0\1\x40\0\x40\x11\0\0\xac\x1f\x07\x02\xac\x1f\x07\x01", 20);
			ip[2] = total >> 8;
			ip[3] = total;
			ip[1] = pick(4);
			sum = fold(add(0, ip, 20));
			ip[10] = sum >> 8;
			ip[11] = sum;
			memcpy(udp, "\x08\x68\0\0\0\0\0", 8);
			udp[2] = port >> 8;
			udp[3] = port;
			udp[4] = (len + 8) >> 8;
			udp[5] = len + 8;
			if (rarely(2)) {
				sum = fold(add(17 + len + 8, ip + 12, 8 + 8 + len));
				udp[6] = sum >> 8;
				udp[7] = sum;
			}
			total += 14;
			while (n < 7 && at < total) {
				unsigned int piece = 1 + pick(rarely(2) ? 60 : total);

				if (!n)
					piece += 13;
				if (piece > total - at || (n == 6))
					piece = total - at;
				iov[n].iov_base = buf + at;
				iov[n++].iov_len = piece;
				at += piece;
			}
			count(writev(tap, iov, n));
			while (rarely(8) && read(tap, trash, sizeof(trash)) > 0)
				;
		}
}

int main(int argc, char **argv)
{
	unsigned int i;
	double end;

	if (argc < 6)
		return 2;
	chance_seed(argv[1]);
	end = now() + atof(argv[2]);
	load(argv[3]);
	if (!strcmp(argv[4], "udp"))
		by_udp(argv + 5, argc - 5, end);
	else if (!strcmp(argv[4], "link"))
		by_link(argv + 5, argc - 5, end);
	else if (!strcmp(argv[4], "tap"))
		by_tap(argv[5], end);
	printf("%s: %u messages, %lu mutated ones sent", argv[4], n_seeds, sent);
	for (i = 0; i < COUNT(refused); i++)
		if (refused[i])
			printf(", %lu %s", refused[i], strerrorname_np(i));
	putchar('\n');
	return 0;
}
