#define _GNU_SOURCE 1
#include "CEvent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cevent_name_thread(pthread_t thread, const char *name) { pthread_setname_np(thread, name); }

static uint64_t load_big_endian(const uint8_t *bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | bytes[i];
  return value;
}

static void store_big_endian(uint8_t *bytes, uint64_t value) {
  for (int i = 7; i >= 0; i--, value >>= 8) bytes[i] = (uint8_t)value;
}

/// With `maps`, an IPv4 address becomes ::ffff:a.b.c.d, as a socket of IPv6 wants it.
static socklen_t to_socket(const cevent_address *address, bool maps, struct sockaddr_storage *storage) {
  if (!address->is_ipv6 && !maps) {
    struct sockaddr_in *v4 = (struct sockaddr_in *)storage;
    memset(v4, 0, sizeof *v4);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address->port);
    v4->sin_addr.s_addr = htonl((uint32_t)address->low);
    return sizeof *v4;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)storage;
  memset(v6, 0, sizeof *v6);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(address->port);
  v6->sin6_scope_id = address->scope;
  store_big_endian(v6->sin6_addr.s6_addr, address->high);
  store_big_endian(v6->sin6_addr.s6_addr + 8, address->is_ipv6 ? address->low : address->low | UINT64_C(0xffff00000000));
  return sizeof *v6;
}

/// An IPv4 address that reached us through an IPv6 socket (::ffff:a.b.c.d) is given as what it is.
static void from_socket(const struct sockaddr_storage *storage, cevent_address *address) {
  memset(address, 0, sizeof *address);
  if (storage->ss_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)storage;
    address->port = ntohs(v4->sin_port);
    address->low = ntohl(v4->sin_addr.s_addr);
    return;
  }
  if (storage->ss_family != AF_INET6) return;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)storage;
  address->port = ntohs(v6->sin6_port);
  address->low = load_big_endian(v6->sin6_addr.s6_addr + 8);
  if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
    address->low &= UINT32_MAX;
    return;
  }
  address->is_ipv6 = true;
  address->high = load_big_endian(v6->sin6_addr.s6_addr);
  address->scope = v6->sin6_scope_id;
}

static int new_socket(const cevent_address *address, int type) {
  return socket(address->is_ipv6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int close_with_errno(int descriptor) {
  int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

static int set(int descriptor, int level, int name, int value) {
  return setsockopt(descriptor, level, name, &value, sizeof value);
}

int cevent_listen(const cevent_address *address, bool shares_port, int backlog) {
  struct sockaddr_storage storage;
  socklen_t length = to_socket(address, false, &storage);
  int descriptor = new_socket(address, SOCK_STREAM);
  if (descriptor < 0) return -1;
  bool fails = set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1) || (shares_port && set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1)) ||
               (address->is_ipv6 && set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0)) ||
               bind(descriptor, (struct sockaddr *)&storage, length) || listen(descriptor, backlog);
  return fails ? close_with_errno(descriptor) : descriptor;
}

int cevent_accept(int listener, cevent_address *peer) {
  struct sockaddr_storage storage = {0};
  socklen_t length = sizeof storage;
  int descriptor = accept4(listener, (struct sockaddr *)&storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) return -1;
  from_socket(&storage, peer);
  // An answer is one write: waiting to join it to the next gains nothing.
  set(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  return descriptor;
}

int cevent_connect(const cevent_address *address, int spare) {
  struct sockaddr_storage storage;
  socklen_t length = to_socket(address, false, &storage);
  int descriptor = spare >= 0 ? spare : new_socket(address, SOCK_STREAM);
  if (descriptor < 0) return -1;
  if (connect(descriptor, (struct sockaddr *)&storage, length) && errno != EINPROGRESS) return close_with_errno(descriptor);
  return descriptor;
}

int cevent_udp(const cevent_address *address, int receive_buffer_bytes) {
  struct sockaddr_storage storage;
  socklen_t length = to_socket(address, false, &storage);
  int descriptor = new_socket(address, SOCK_DGRAM);
  if (descriptor < 0) return -1;
  // Whoever cannot be reached shall be told of: without this the errors that ICMP brings are lost on a socket that is not connected.
  bool fails = set(descriptor, IPPROTO_IP, IP_RECVERR, 1) ||
               (address->is_ipv6 && (set(descriptor, IPPROTO_IPV6, IPV6_RECVERR, 1) || set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0))) ||
               (receive_buffer_bytes > 0 && set(descriptor, SOL_SOCKET, SO_RCVBUF, receive_buffer_bytes)) ||
               bind(descriptor, (struct sockaddr *)&storage, length);
  return fails ? close_with_errno(descriptor) : descriptor;
}

bool cevent_udp_take_unreachable(int descriptor, cevent_address *to, int *error) {
  struct sockaddr_storage storage = {0};
  union {
    struct cmsghdr alignment;
    char bytes[512];
  } control;
  char payload[1];
  struct iovec vector = {payload, sizeof payload};
  struct msghdr message = {.msg_name = &storage,
                           .msg_namelen = sizeof storage,
                           .msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  if (recvmsg(descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return false;
  *error = 0;
  from_socket(&storage, to);
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    bool is_error = (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_RECVERR) ||
                    (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_RECVERR);
    if (!is_error) continue;
    struct sock_extended_err details;
    memcpy(&details, CMSG_DATA(header), sizeof details);
    *error = (int)details.ee_errno;
  }
  return true;
}

int cevent_local_address(int descriptor, cevent_address *address) {
  struct sockaddr_storage storage = {0};
  socklen_t length = sizeof storage;
  if (getsockname(descriptor, (struct sockaddr *)&storage, &length)) return -1;
  from_socket(&storage, address);
  return 0;
}

bool cevent_from_sockaddr(const struct sockaddr *raw, socklen_t length, cevent_address *address) {
  struct sockaddr_storage storage = {0};
  memcpy(&storage, raw, length < sizeof storage ? length : sizeof storage);
  from_socket(&storage, address);
  return storage.ss_family == AF_INET || storage.ss_family == AF_INET6;
}

int cevent_take_error(int descriptor) {
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) ? errno : error;
}

bool cevent_is_unknown_host(int code) { return code == EAI_NONAME || code == EAI_NODATA; }

void cevent_reset_on_close(int descriptor) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

int cevent_disconnect(int descriptor) {
  struct sockaddr nobody = {.sa_family = AF_UNSPEC};
  return connect(descriptor, &nobody, sizeof nobody);
}

int cevent_reserve(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

struct cevent_batch {
  uint32_t count;
  // How many of the messages have been written to since they were made ready.
  uint32_t used;
  size_t bytes;
  struct mmsghdr *messages;
  struct iovec *vectors;
  struct sockaddr_storage *senders;
  uint8_t *buffers;
};

cevent_batch *cevent_batch_new(uint32_t count, size_t bytes) {
  cevent_batch *batch = calloc(1, sizeof *batch);
  if (!batch) return NULL;
  *batch = (cevent_batch){.count = count,
                          .used = count,
                          .bytes = bytes,
                          .messages = calloc(count, sizeof *batch->messages),
                          .vectors = calloc(count, sizeof *batch->vectors),
                          .senders = calloc(count, sizeof *batch->senders),
                          .buffers = calloc(count, bytes)};
  if (batch->messages && batch->vectors && batch->senders && batch->buffers) return batch;
  cevent_batch_free(batch);
  return NULL;
}

void cevent_batch_free(cevent_batch *batch) {
  free(batch->messages);
  free(batch->vectors);
  free(batch->senders);
  free(batch->buffers);
  free(batch);
}

int cevent_batch_receive(cevent_batch *batch, int descriptor) {
  // Mostly one datagram comes at a time, and all the others are as they were.
  for (uint32_t i = 0; i < batch->used; i++) {
    batch->vectors[i] = (struct iovec){batch->buffers + i * batch->bytes, batch->bytes};
    batch->messages[i].msg_hdr = (struct msghdr){.msg_name = &batch->senders[i],
                                                 .msg_namelen = sizeof batch->senders[i],
                                                 .msg_iov = &batch->vectors[i],
                                                 .msg_iovlen = 1};
  }
  int received = recvmmsg(descriptor, batch->messages, batch->count, MSG_DONTWAIT, NULL);
  // A call that received nothing, or was stopped by an error after some, may have written to the next one.
  uint32_t touched = received < 0 ? 1 : (uint32_t)received + 1;
  batch->used = touched < batch->count ? touched : batch->count;
  return received;
}

bool cevent_batch_datagram(const cevent_batch *batch, uint32_t index, const uint8_t **bytes, size_t *count, cevent_address *from) {
  const struct mmsghdr *message = &batch->messages[index];
  *bytes = batch->buffers + index * batch->bytes;
  *count = message->msg_len;
  from_socket(&batch->senders[index], from);
  return !(message->msg_hdr.msg_flags & MSG_TRUNC);
}

int cevent_send_each(int descriptor, bool is_ipv6, const uint8_t *bytes, size_t count, const cevent_address *addresses,
                     uint32_t address_count) {
  struct mmsghdr messages[CEVENT_SEND_BATCH];
  struct sockaddr_storage receivers[CEVENT_SEND_BATCH];
  struct iovec vector = {(void *)bytes, count};
  if (address_count > CEVENT_SEND_BATCH) address_count = CEVENT_SEND_BATCH;
  for (uint32_t i = 0; i < address_count; i++) {
    socklen_t length = to_socket(&addresses[i], is_ipv6, &receivers[i]);
    messages[i].msg_hdr =
        (struct msghdr){.msg_name = &receivers[i], .msg_namelen = length, .msg_iov = &vector, .msg_iovlen = 1};
  }
  return sendmmsg(descriptor, messages, address_count, MSG_DONTWAIT);
}

SSL_CTX *cevent_tls_context(const char *certificate_chain_file, const char *key_file) {
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (!context) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(context, certificate_chain_file) == 1 &&
      SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) == 1 && SSL_CTX_check_private_key(context) == 1)
    return context;
  SSL_CTX_free(context);
  return NULL;
}
