#pragma once
#include <civetweb.h>
#include <pthread.h>

// civetweb's threads have stacks of 100 KB, set where it was compiled. Swift needs more (the first use of a generic type alone
// can take most of that), so that what answers a request runs on a thread with a stack of its own, for which civetweb's waits.

typedef int (*connection_answer)(struct mg_connection *connection, int status);

struct connection_job {
  connection_answer answer;
  struct mg_connection *connection;
  int status;
};

static inline void *run_connection_job(void *data) {
  struct connection_job *job = (struct connection_job *)data;
  job->status = job->answer(job->connection, job->status);
  return NULL;
}

// What `answer` returns, or 0 where there is no thread to be had: then nothing was sent.
static inline int answer_on_own_stack(connection_answer answer, struct mg_connection *connection, int status) {
  struct connection_job job = {answer, connection, status};
  pthread_attr_t attributes;
  pthread_t thread;
  if (pthread_attr_init(&attributes) != 0) return 0;
  int failure = pthread_attr_setstacksize(&attributes, 1 << 20);
  if (failure == 0) failure = pthread_create(&thread, &attributes, run_connection_job, &job);
  pthread_attr_destroy(&attributes);
  if (failure != 0) return 0;
  pthread_join(thread, NULL);
  return job.status;
}
