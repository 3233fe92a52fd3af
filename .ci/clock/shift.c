/* Shifts the wall clock of every program that it is preloaded into by OFFSET seconds; the monotonic clock stays.

   libfaketime 0.9.10 was tried and cannot be used with Python 3.11: with the monotonic clock left alone its clock_nanosleep()
   refuses what time.sleep() asks (EINVAL, so the embedded PostgreSQL does not start), and with it moved sem_clockwait(), which
   it does not know, waits for years. A test needs one thing only, another day, so that is all that is changed here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

/* The next definition of NAME after ours, looked up with its first use. */
#define NEXT(name) \
    static __typeof__(&name) next; \
    if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* A deadline by the wall clock is far above any machine's time since its start. */
static const struct timespec *real(struct timespec *kept, const struct timespec *until) {
    if (!until || until->tv_sec < 1000000000) return until;
    *kept = *until;
    kept->tv_sec -= OFFSET;
    return kept;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    NEXT(clock_gettime);
    int failed = next(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI)) now->tv_sec += OFFSET;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    NEXT(gettimeofday);
    int failed = next(now, zone);
    if (!failed) now->tv_sec += OFFSET;
    return failed;
}

time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec *now, int base) {
    return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, now) ? base : 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until, struct timespec *left) {
    NEXT(clock_nanosleep);
    struct timespec kept;
    return next(clock, flags, flags & TIMER_ABSTIME ? real(&kept, until) : until, left);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
    NEXT(sem_timedwait);
    struct timespec kept;
    return next(semaphore, real(&kept, until));
}

int sem_clockwait(sem_t *restrict semaphore, clockid_t clock, const struct timespec *restrict until) {
    NEXT(sem_clockwait);
    struct timespec kept;
    return next(semaphore, clock, real(&kept, until));
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
    NEXT(pthread_mutex_timedlock);
    struct timespec kept;
    return next(mutex, real(&kept, until));
}

int pthread_cond_timedwait(pthread_cond_t *restrict told, pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
    NEXT(pthread_cond_timedwait);
    struct timespec kept;
    return next(told, mutex, real(&kept, until));
}

int pthread_cond_clockwait(pthread_cond_t *restrict told, pthread_mutex_t *restrict mutex, clockid_t clock,
                           const struct timespec *restrict until) {
    NEXT(pthread_cond_clockwait);
    struct timespec kept;
    return next(told, mutex, clock, real(&kept, until));
}

int timerfd_settime(int timer, int flags, const struct itimerspec *new, struct itimerspec *old) {
    NEXT(timerfd_settime);
    struct itimerspec kept = *new;
    if (flags & TFD_TIMER_ABSTIME) kept.it_value = *real(&(struct timespec){0}, &new->it_value);
    return next(timer, flags, &kept, old);
}
