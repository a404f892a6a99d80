#pragma once
// Asks addresses over HTTP with libcurl, which is opened when the first is asked: nothing of it is linked, and a program that
// asks nothing does not pay for it. One thread at a time may use a set of requests.

typedef struct LinkRequests LinkRequests;

typedef struct {
  // As given when the request was started.
  int identifier;
  // libcurl's CURLcode: 0 where an answer came.
  int code;
  // HTTP's, 0 where none came.
  long status;
  // Every address that the host's name stands for is of a private network or of this machine.
  int is_private;
  // Where the answer sends on, absolute, or NULL. Valid until the next call.
  const char *redirect;
  // libcurl's words for the code. Valid for ever.
  const char *words;
} LinkAnswer;

// NULL where libcurl cannot be used; `why` says it then.
LinkRequests *link_requests_open(int allows_private, const char **why);
// Starts a request without waiting: HEAD, or GET whose body is not read. 0, or -1 where it cannot be started.
int link_request_start(LinkRequests *requests, int identifier, const char *url, int is_get, const char *agent,
                       const char *proxy, long timeout_milliseconds);
// Waits for the next answer: 1 with one, 0 where none came in time.
int link_request_next(LinkRequests *requests, int wait_milliseconds, LinkAnswer *answer);
void link_requests_close(LinkRequests *requests);

// Whether an address in words (`127.0.0.1`, `fe80::1`) is of this machine or a private network: 1, 0, or -1 where it is no address.
int link_address_is_private(const char *address);
