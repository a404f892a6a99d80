#include "CCurl.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// What of curl's binary interface is used. Its numbers never change (the library's name is libcurl.so.4 since 2006).
enum {
  optURL = 10002, optProxy = 10004, optUserAgent = 10018, optPrivate = 10103, optOpenSocketData = 10164, optNoProxy = 10177,
  optProtocols = 10318, optWriteFunction = 20011, optOpenSocketFunction = 20163, optNoBody = 44, optNoSignal = 99,
  optTimeoutMilliseconds = 155, optNoUserInURL = 278, optHTTPGet = 80,
  infoResponseCode = 0x200000 + 2, infoPrivate = 0x100000 + 21, infoRedirect = 0x100000 + 31,
  messageDone = 1,
};

typedef struct {
  int message;
  void *easy;
  union {
    void *whatever;
    int result;
  } data;
} Message;

typedef struct {
  int family, type, protocol;
  unsigned int length;
  struct sockaddr address;
} OpenedAddress;

static struct {
  int (*global_init)(long);
  void *(*easy_init)(void);
  int (*easy_setopt)(void *, int, ...);
  int (*easy_getinfo)(void *, int, ...);
  void (*easy_cleanup)(void *);
  const char *(*easy_strerror)(int);
  void *(*multi_init)(void);
  int (*multi_add_handle)(void *, void *);
  int (*multi_remove_handle)(void *, void *);
  int (*multi_perform)(void *, int *);
  int (*multi_poll)(void *, void *, unsigned int, int, int *);
  Message *(*multi_info_read)(void *, int *);
  int (*multi_cleanup)(void *);
} curl;

typedef struct Request {
  int identifier;
  int allows_private;
  int was_private, was_public;
  void *easy;
  struct Request *next;
} Request;

struct LinkRequests {
  void *multi;
  int allows_private;
  Request *running;
  char *redirect;
};

static int named(void *library, const char *name, void *place, const char **why) {
  void *address = dlsym(library, name);
  if (!address) *why = "it is too old";
  *(void **)place = address;
  return address != NULL;
}

static int load(const char **why) {
  static int is_loaded = 0;
  if (is_loaded) return 1;
  const char *names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  void *library = NULL;
  for (int i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    *why = "it is not installed";
    return 0;
  }
  is_loaded = named(library, "curl_global_init", &curl.global_init, why) &&
              named(library, "curl_easy_init", &curl.easy_init, why) &&
              named(library, "curl_easy_setopt", &curl.easy_setopt, why) &&
              named(library, "curl_easy_getinfo", &curl.easy_getinfo, why) &&
              named(library, "curl_easy_cleanup", &curl.easy_cleanup, why) &&
              named(library, "curl_easy_strerror", &curl.easy_strerror, why) &&
              named(library, "curl_multi_init", &curl.multi_init, why) &&
              named(library, "curl_multi_add_handle", &curl.multi_add_handle, why) &&
              named(library, "curl_multi_remove_handle", &curl.multi_remove_handle, why) &&
              named(library, "curl_multi_perform", &curl.multi_perform, why) &&
              named(library, "curl_multi_poll", &curl.multi_poll, why) &&
              named(library, "curl_multi_info_read", &curl.multi_info_read, why) &&
              named(library, "curl_multi_cleanup", &curl.multi_cleanup, why);
  if (is_loaded && curl.global_init(3) != 0) {
    *why = "it does not start";
    is_loaded = 0;
  }
  return is_loaded;
}

// Ranges of RFC 6890 that are not of the public internet, and groups of receivers.
static int is_private4(uint32_t a) {
  static const struct {
    uint32_t network;
    int bits;
  } ranges[] = {
      {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16}, {0xAC100000, 12},
      {0xC0000000, 24}, {0xC0000200, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24},
      {0xE0000000, 4},  {0xF0000000, 4},
  };
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    if ((a ^ ranges[i].network) >> (32 - ranges[i].bits) == 0) return 1;
  return 0;
}

static uint32_t word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int is_private6(const uint8_t *a) {
  static const uint8_t none[16] = {0};
  if (memcmp(a, none, 15) == 0 && a[15] <= 1) return 1;                       // unspecified, loopback
  if (memcmp(a, none, 10) == 0 && a[10] == 0xFF && a[11] == 0xFF) return is_private4(word(a + 12));  // IPv4 in IPv6
  if (memcmp(a, none, 12) == 0) return is_private4(word(a + 12));
  if (word(a) == 0x0064FF9B) return is_private4(word(a + 12));                // translated
  if (a[0] == 0x20 && a[1] == 0x02) return is_private4(word(a + 2));          // 6to4
  if ((a[0] & 0xFE) == 0xFC || a[0] == 0xFF) return 1;                        // unique local, multicast
  return a[0] == 0xFE && (a[1] & 0xC0) != 0;                                  // link local, site local
}

static int is_private_address(const struct sockaddr *address) {
  if (address->sa_family == AF_INET)
    return is_private4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
  if (address->sa_family == AF_INET6)
    return is_private6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
  return 1;
}

int link_address_is_private(const char *text) {
  struct in_addr four;
  struct in6_addr six;
  if (inet_pton(AF_INET, text, &four) == 1) return is_private4(ntohl(four.s_addr));
  if (inet_pton(AF_INET6, text, &six) == 1) return is_private6(six.s6_addr);
  return -1;
}

// Asked with the address itself, after every name was resolved: no name can stand for something else a moment later.
static int open_socket(void *data, int purpose, OpenedAddress *to) {
  Request *request = data;
  (void)purpose;
  if (!request->allows_private && is_private_address(&to->address)) {
    request->was_private = 1;
    return -1;
  }
  request->was_public = 1;
  return socket(to->family, to->type | SOCK_CLOEXEC, to->protocol);
}

// The body is not wanted: the first of it ends the request.
static size_t refuse_body(const char *bytes, size_t size, size_t count, void *data) {
  (void)bytes, (void)size, (void)count, (void)data;
  return 0;
}

LinkRequests *link_requests_open(int allows_private, const char **why) {
  if (!load(why)) return NULL;
  LinkRequests *requests = calloc(1, sizeof *requests);
  if (requests) requests->multi = curl.multi_init();
  if (!requests || !requests->multi) {
    *why = "there is no memory";
    free(requests);
    return NULL;
  }
  requests->allows_private = allows_private;
  return requests;
}

int link_request_start(LinkRequests *requests, int identifier, const char *url, int is_get, const char *agent,
                       const char *proxy, long timeout) {
  Request *request = calloc(1, sizeof *request);
  if (!request) return -1;
  request->identifier = identifier;
  // A proxy is of the network this machine is in; it asks the others itself.
  request->allows_private = requests->allows_private || proxy;
  void *easy = request->easy = curl.easy_init();
  if (!easy) {
    free(request);
    return -1;
  }
  curl.easy_setopt(easy, optURL, url);
  if (is_get) curl.easy_setopt(easy, optHTTPGet, 1L);
  else curl.easy_setopt(easy, optNoBody, 1L);
  curl.easy_setopt(easy, optNoSignal, 1L);
  curl.easy_setopt(easy, optTimeoutMilliseconds, timeout);
  curl.easy_setopt(easy, optUserAgent, agent);
  curl.easy_setopt(easy, optProtocols, "http,https");
  curl.easy_setopt(easy, optNoUserInURL, 1L);
  // The proxy is the one given, or none; for no host is there another way.
  curl.easy_setopt(easy, optProxy, proxy ? proxy : "");
  curl.easy_setopt(easy, optNoProxy, "");
  curl.easy_setopt(easy, optWriteFunction, refuse_body);
  curl.easy_setopt(easy, optOpenSocketFunction, open_socket);
  curl.easy_setopt(easy, optOpenSocketData, request);
  curl.easy_setopt(easy, optPrivate, request);
  if (curl.multi_add_handle(requests->multi, easy) != 0) {
    curl.easy_cleanup(easy);
    free(request);
    return -1;
  }
  request->next = requests->running;
  requests->running = request;
  return 0;
}

static void end(LinkRequests *requests, Request *request) {
  Request **place = &requests->running;
  while (*place && *place != request) place = &(*place)->next;
  if (*place) *place = request->next;
  curl.multi_remove_handle(requests->multi, request->easy);
  curl.easy_cleanup(request->easy);
  free(request);
}

static int take(LinkRequests *requests, LinkAnswer *answer) {
  int left = 0;
  Message *message;
  while ((message = curl.multi_info_read(requests->multi, &left))) {
    if (message->message != messageDone) continue;
    char *data = NULL, *redirect = NULL;
    curl.easy_getinfo(message->easy, infoPrivate, &data);
    Request *request = (Request *)(void *)data;
    if (!request) continue;
    answer->identifier = request->identifier;
    answer->code = message->data.result;
    answer->status = 0;
    curl.easy_getinfo(message->easy, infoResponseCode, &answer->status);
    curl.easy_getinfo(message->easy, infoRedirect, &redirect);
    free(requests->redirect);
    requests->redirect = redirect ? strdup(redirect) : NULL;
    answer->redirect = requests->redirect;
    answer->is_private = request->was_private && !request->was_public;
    answer->words = curl.easy_strerror(answer->code);
    end(requests, request);
    return 1;
  }
  return 0;
}

int link_request_next(LinkRequests *requests, int wait, LinkAnswer *answer) {
  int running = 0, events = 0;
  if (take(requests, answer)) return 1;
  curl.multi_perform(requests->multi, &running);
  if (take(requests, answer)) return 1;
  curl.multi_poll(requests->multi, NULL, 0, wait, &events);
  curl.multi_perform(requests->multi, &running);
  return take(requests, answer);
}

void link_requests_close(LinkRequests *requests) {
  while (requests->running) end(requests, requests->running);
  curl.multi_cleanup(requests->multi);
  free(requests->redirect);
  free(requests);
}
